package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.problemsOf;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
  @Test
  void theCommandLineWinsOverTheFileAndTheLastOverTheFirst() {
    assertEquals(4, read(LEAST + "money_scale: 1", "money_scale=3", "money_scale=4").moneyScale());
  }

  @Test
  void missingBlocksAreMade() {
    assertEquals(
        Map.of("header", "true"),
        read(LEAST, "inputs.transactions.options.header=true").inputs().transactions().options());
  }

  @Test
  void otherKeysOfABlockStay() {
    Settings settings =
        read(LEAST + "output: {path: mine, history_days: 30}", "output.history_days=60");

    assertEquals("mine", settings.output().path());
    assertEquals(60, settings.output().historyDays());
  }

  @Test
  void listsAndMappingsAreWrittenAsInTheFile() {
    Settings settings =
        read(
            LEAST,
            "indicators.windows=[90d, lifetime]",
            "indicators.custom={web: {value: a / b, unit: share}}");

    assertEquals(List.of(Window.ofDays(90), Window.LIFETIME), settings.indicators().windows());
    assertEquals(Set.of("web"), settings.indicators().custom().keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Country = 'France'      | Country = 'France'",
        "type: 'x' # not a note  | type: 'x' # not a note",
        "\"'WEB' = channel\"     | 'WEB' = channel",
        "a=b                     | a=b",
      })
  void otherTextStandsAsItIs(String written, String sql) {
    String set = "inputs.transactions.where=" + written;

    assertEquals(
        Optional.of(new Expression(sql, new Location("--set " + set, "inputs.transactions.where"))),
        read(LEAST, set).inputs().transactions().where());
  }

  @ParameterizedTest
  @CsvSource({"money_scale", "=3", "checks.=3", "checks..unique=off", "''"})
  void anOverrideIsAKeyAndAValue(String set) {
    assertEquals(
        List.of(
            "--set %s: expected KEY=VALUE, e.g. --set indicators.windows=[90d, lifetime]."
                .formatted(set)),
        problemsOf("", set));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "indicators.windows=[90d       | not valid YAML while parsing a flow sequence: expected ',' or ']', but got <stream end>.",
        "indicators.windows=[90x]      | 'indicators.windows[0]' is '90x', expected lifetime or a number of days from 1d to 36500d.",
        "indicators.window=[90d]       | unknown key 'indicators.window'. Did you mean 'indicators.windows'?",
        "name.first=x                  | 'name' is a mapping, expected text.",
        "output={path: a, path: b}     | 'output.path' is given twice, first at --set output={path: a, path: b}. Keep one.",
        "money_scale=                  | 'money_scale' is empty, expected a whole number from 0 to 6.",
      })
  void aProblemOfAnOverrideShowsIt(String set, String message) {
    assertEquals(List.of("--set %s: %s".formatted(set, message)), problemsOf("name: a", set));
  }

  @Test
  void aPasswordIsNotRepeated() {
    String secret = "output={publish: [postgresql], postgresql: {password: horse}}";

    List<String> problems = problemsOf("name: a", "output.postgresql.password=horse", secret);

    assertEquals(List.of(), problems.stream().filter(it -> it.contains("horse")).toList());
    assertEquals(
        "--set output=***: 'output.postgresql.url' is missing, expected a URL such as"
            + " jdbc:postgresql://host:5432/database. Add it, or take postgresql out of"
            + " output.publish.",
        problems.get(1));
  }
}
