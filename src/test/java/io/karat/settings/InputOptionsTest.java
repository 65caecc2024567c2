package io.karat.settings;

import static io.karat.settings.Configurations.problemsOf;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of options on line 12, in an input after the smallest configuration. */
class InputOptionsTest {
  private static final String PAYMENTS =
      """
        payments:
          path: p
          columns: {customer_id: id, payment_time: at, amount: paid}
          options:
            %s
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ignoreCorruptFiles: true    | false: the rows of a file that cannot be read would be missing
          IGNORECORRUPTFILES: yes     | false: the rows of a file that cannot be read would be missing
          ignoreMissingFiles: true    | false: the rows of a file that vanishes would be missing
          ignoreInvalidPartitionPaths: true | false: the rows of folders beside partitions would be missing
          ignoreExtension: false      | true: the rows of files with another ending would be missing
          mergeSchema: false          | true: columns that only some files have would be missing
          mode: DROPMALFORMED         | PERMISSIVE: a malformed row is quarantined, it neither vanishes nor ends the run
          Mode: failfast              | PERMISSIVE: a malformed row is quarantined, it neither vanishes nor ends the run
          samplingRatio: 0.1          | 1: columns that only other rows have would be missing
          samplingRatio: 10           | 1: columns that only other rows have would be missing
          """)
  void anOptionThatLosesRowsOrColumnsIsRefused(String option, String expected) {
    int colon = option.indexOf(": ");

    assertEquals(
        List.of(
            "karat.yaml:12: 'inputs.payments.options.%s' is '%s', expected %s. Remove it."
                .formatted(option.substring(0, colon), option.substring(colon + 2), expected)),
        problemsOf(PAYMENTS.formatted(option)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          modifiedBefore: 2026-01-01T00:00:00    | rows would depend on when files were written. Name files in 'path', rows in 'where'.
          modifiedafter: 2026-01-01T00:00:00     | rows would depend on when files were written. Name files in 'path', rows in 'where'.
          columnNameOfCorruptRecord: broken      | malformed rows are quarantined with their reason. Remove it.
          datetimeRebaseMode: LEGACY             | days and times are read as they are written, in every input. Remove it.
          int96RebaseMode: EXCEPTION             | days and times are read as they are written, in every input. Remove it.
          path: elsewhere                        | files are named in 'path' beside 'options'. Move it there.
          paths: '["elsewhere"]'                 | files are named in 'path' beside 'options'. Move it there.
          """)
  void anOptionThatKaratDecidesIsRefused(String option, String reason) {
    assertEquals(
        List.of(
            "karat.yaml:12: 'inputs.payments.options.%s' is refused: %s"
                .formatted(option.substring(0, option.indexOf(": ")), reason)),
        problemsOf(PAYMENTS.formatted(option)));
  }

  @ParameterizedTest
  @CsvSource({"encoding, windows-1525", "charset, latin nine", "Encoding, utf_8_sig"})
  void anEncodingThatJavaDoesNotKnowIsRefused(String option, String encoding) {
    assertEquals(
        List.of(
            ("karat.yaml:12: 'inputs.payments.options.%s' is '%s', expected an encoding that Java"
                    + " knows, e.g. windows-1252 or UTF-8. Correct it.")
                .formatted(option, encoding)),
        problemsOf(PAYMENTS.formatted(option + ": " + encoding)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recursiveFileLookup: true",
        "recursiveFileLookup: false",
        "basePath: data",
        "mergeSchema: true",
        "ignoreCorruptFiles: false",
        "mode: permissive",
        "samplingRatio: 1.0",
        "locale: de-DE",
        "header: true",
        "sep: ' '",
        "encoding: windows-1252",
        "charset: utf8",
      })
  void anOptionThatSaysWhatAFileIsLikeIsAccepted(String option) {
    assertEquals(List.of(), problemsOf(PAYMENTS.formatted(option)));
  }

  @Test
  void allProblemsOfAllOptionsAreReported() {
    assertEquals(
        List.of(
            "--set inputs.transactions.options={mode: FAILFAST, charset: x-none}:"
                + " 'inputs.transactions.options.mode' is 'FAILFAST', expected PERMISSIVE: a"
                + " malformed row is quarantined, it neither vanishes nor ends the run. Remove it.",
            "--set inputs.transactions.options={mode: FAILFAST, charset: x-none}:"
                + " 'inputs.transactions.options.charset' is 'x-none', expected an encoding that"
                + " Java knows, e.g. windows-1252 or UTF-8. Correct it."),
        problemsOf("", "inputs.transactions.options={mode: FAILFAST, charset: x-none}"));
  }

  @Test
  void blanksOfAValueAreKept() {
    assertEquals(
        Map.of("sep", " "),
        read(Configurations.LEAST + PAYMENTS.formatted("sep: ' '"))
            .inputs()
            .find(InputTable.PAYMENTS)
            .orElseThrow()
            .options());
  }
}
