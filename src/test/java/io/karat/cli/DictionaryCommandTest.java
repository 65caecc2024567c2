package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.dictionary.Dictionary;
import io.karat.run.ExitCode;
import io.karat.settings.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryCommandTest {
  private final Transcript transcript = new Transcript(false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dictionary                              | # Inputs, # Indicators, # Tables, # Functions
          dictionary --inputs                     | # Inputs
          dictionary --indicators                 | # Indicators
          dictionary --tables --functions         | # Tables, # Functions
          dictionary --language zh                | # 输入, # 指标, # 数据表, # 函数
          """)
  void itsPartsAreAllOrThoseThatAreAskedFor(String typed, String headings) {
    assertEquals(ExitCode.PUBLISHED, type(typed));

    assertEquals(
        headings,
        transcript
            .results()
            .lines()
            .filter(line -> line.startsWith("# "))
            .collect(Collectors.joining(", ")));
  }

  @Test
  void oneWordShowsWhatDefinesItElseWhatMentionsIt() {
    type("dictionary recency_days");
    List<String> defining =
        transcript.results().lines().filter(line -> line.startsWith("| `")).toList();
    assertTrue(!defining.isEmpty());
    assertEquals(
        List.of(), defining.stream().filter(it -> !it.startsWith("| `recency_days`")).toList());

    Transcript functions = new Transcript(false);
    functions.type(List.of(new DictionaryCommand()), "dictionary", "zeroifnull");
    assertEquals(
        List.of("# Functions", "- conditions"),
        functions.results().lines().map(line -> line.replaceFirst(":.*", "")).toList());

    Transcript none = new Transcript(false);
    assertEquals(
        ExitCode.USAGE, none.type(List.of(new DictionaryCommand()), "dictionary", "recency_dyas"));
    assertEquals(
        "The dictionary has nothing about 'recency_dyas'. Did you mean 'recency_days'?\n",
        none.remarks());
  }

  @Test
  void theFunctionsAreListedByTopic() {
    type("dictionary --functions --language zh");

    assertEquals(Dictionary.builtIn(Language.ZH).functions(), transcript.results());
    assertEquals(
        "- 条件: `between`, `coalesce`, `if`, `ifnull`, `isnan`, `isnotnull`, `isnull`, `nanvl`,"
            + " `nullif`, `nullifzero`, `nvl`, `nvl2`, `zeroifnull`",
        transcript.results().lines().filter(line -> line.startsWith("- 条件")).findFirst().get());
  }

  @Test
  void theInputsAreListedWithWhatTheyAreMappedTo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("karat.yaml");
    Files.writeString(
        file,
        """
        inputs:
          transactions:
            path: data
            columns: {customer_id: c, transaction_time: t, amount: abs(a)}
          customers:
            path: data
            columns: {customer_id: c}
            characteristics: {region: {type: category, value: city, label: {en: Region}}}
        """);

    type("dictionary --inputs --config " + file);

    String inputs = transcript.results();
    assertEquals(
        """
        ## transactions

        What customers bought and returned.

        | column | needed | meaning | mapped to |
        |---|---|---|---|
        | `customer_id` | yes | Who bought. | `c` |
        | `transaction_time` | yes | When it was bought or returned: a timestamp, a date, or text that reads so. | `t` |
        | `amount` | yes | What it was worth; of a whole transaction never negative, also of a return. | `abs(a)` |
        | `transaction_id` | for lines | Which transaction the row belongs to. |  |
        """
            .strip(),
        inputs
            .lines()
            .dropWhile(line -> !line.equals("## transactions"))
            .limit(10)
            .collect(Collectors.joining("\n")));
    assertEquals(
        "| `region` |  | Region | `city` |",
        inputs.lines().filter(line -> line.startsWith("| `region`")).findFirst().get());
  }

  @Test
  void aConfigurationBringsItsLanguageAndItsColumns(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("karat.yaml");
    Files.writeString(
        file,
        """
        language: zh
        inputs:
          transactions:
            path: data
            columns: {customer_id: c, transaction_time: t, amount: a}
        indicators: {windows: [30d]}
        """);

    type("dictionary --tables --config " + file);

    assertEquals(
        "| `sales_amount_30d` | 销售金额之和。单位：money。窗口：30d。 |",
        transcript
            .results()
            .lines()
            .filter(line -> line.contains("`sales_amount_30d`"))
            .distinct()
            .collect(Collectors.joining("\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          dictionary --language fr          | --language 'fr' is not a language, expected en or zh. See 'karat dictionary --help'.
          dictionary --config missing.yaml  | missing.yaml: there is no such file
          explain --config karat.yaml       | 'karat explain' needs --customer ID. See 'karat explain --help'.
          explain --config karat.yaml --customer ann --as-of soon | --as-of 'soon' is not a day: expected 2026-03-01 or 20260301.
          explain --config karat.yaml --customer ann --language EN | --language 'EN' is not a language, expected en or zh. See 'karat explain --help'.
          """)
  void aLineThatCannotBeUnderstoodEndsWith2(String typed, String complaint) {
    assertEquals(ExitCode.USAGE, type(typed));

    assertEquals(complaint, transcript.remarks().strip().replaceFirst(" \\(looked for.*", ""));
  }

  private ExitCode type(String line) {
    return transcript.type(List.of(new DictionaryCommand(), new ExplainCommand()), line.split(" "));
  }
}
