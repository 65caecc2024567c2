package io.karat.input;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.InputException;
import io.karat.settings.InputTable;
import io.karat.testing.Night;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the day that is read on 1 March 2026, among those delivered. */
class SnapshotPathTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 1);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          customers                  | customers/a.parquet                             | customers               | none
          day={as_of}                | day=2026-03-01/a  day=2026-02-28/a              | day=2026-03-01          | 2026-03-01
          day={as_of}                | day=20260301/a    day=20260228/a                | day=20260301            | 2026-03-01
          day={latest}               | day=2026-02-27/a  day=2026-02-28/a              | day=2026-02-28          | 2026-02-28
          day={latest}               | day=2026-03-01/a  day=2026-03-02/a              | day=2026-03-01          | 2026-03-01
          day={latest}               | day=20260227/a    day=2026-02-26/a              | day=20260227            | 2026-02-27
          day={latest}               | day=2026-02-28/a  day=2026-02-30/a day=soon/a   | day=2026-02-28          | 2026-02-28
          day={latest}/all           | day=20260227/all/a day=20260228/all/a           | day=20260228/all        | 2026-02-28
          {latest}.parquet           | 20260227.parquet  20260228.parquet 20260228.txt | 20260228.parquet        | 2026-02-28
          v2_{latest}_*.parquet      | v2_20260227_1.parquet v2_20260228_1.parquet     | v2_20260228_*.parquet   | 2026-02-28
          */day={latest}             | eu/day=20260227/a us/day=20260228/a             | */day=20260228          | 2026-02-28
          [old]/day={latest}         | [old]/day=2026-02-28/a o/day=2026-03-01/a       | [old]/day=2026-02-28    | 2026-02-28
          99{latest}                 | 9920260228/a                                    | 9920260228              | 2026-02-28
          """)
  void theDayInAPathIsTheNewestUpToTheAsOfDay(String path, String files, String chosen, String day)
      throws IOException {
    deliver(files);

    Source source = source(path);

    assertEquals(List.of(folder.resolve(chosen).toString()), source.paths());
    assertEquals(day, source.day().map(LocalDate::toString).orElse("none"));
  }

  @Test
  void ofSeveralPathsTheOldestDayIsWhatIsKnown() throws IOException {
    deliver("eu/2026-02-27/a us/2026-02-28/a");

    Source source = source("eu/{latest}, us/{latest}");

    assertEquals(List.of(folder + "/eu/2026-02-27", folder + "/us/2026-02-28"), source.paths());
    assertEquals(LocalDate.of(2026, 2, 27), source.day().orElseThrow());
  }

  @Test
  void aDayMayBeAsOldAsIsAllowed() throws IOException {
    deliver("day=2026-02-22/a");

    assertEquals(
        LocalDate.of(2026, 2, 22),
        source("day={latest}", "inputs.customers.max_age_days=7").day().orElseThrow());
    assertRefused(
        "Input 'customers' is too old: its newest day 2026-02-22 is 7 days before 2026-03-01,"
            + " expected at most 6. Deliver a newer one, or raise 'inputs.customers.max_age_days'.",
        "day={latest}",
        "inputs.customers.max_age_days=6");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ''
          day=2026-03-02/a
          day=2026-02-30/a
          day=28.02.2026/a
          2026-02-28/a
          """)
  void aFolderWithoutADayUpToTheAsOfDayIsRefused(String files) throws IOException {
    deliver(files);

    assertRefused(
        "Input 'customers' has no day at or before 2026-03-01: nothing matches path"
            + " '%s/day={latest}'. Deliver one, or correct 'inputs.customers.path'."
                .formatted(folder),
        "day={latest}");
  }

  @Test
  void theAsOfDayItselfMustBeThere() throws IOException {
    deliver("day=2026-02-28/a");

    InputException error =
        assertThrows(InputException.class, () -> source("day={as_of}").files(new Configuration()));
    assertEquals(
        "Input 'customers' is missing: path '%s/day=2026-03-01' does not exist.".formatted(folder)
            + " Correct 'inputs.customers.path'.",
        error.getMessage());
  }

  private void assertRefused(String message, String path, String... sets) {
    InputException error = assertThrows(InputException.class, () -> source(path, sets));
    assertEquals(message, error.getMessage());
  }

  private Source source(String path, String... sets) {
    Night night =
        Night.with(
            Stream.concat(
                    Stream.of(
                        "inputs.customers.path=[%s]".formatted(quoted(path)),
                        "inputs.customers.columns.customer_id=customer_id"),
                    Stream.of(sets))
                .toArray(String[]::new));
    return Source.of(
        night.settings().inputs().find(InputTable.CUSTOMERS).orElseThrow(),
        AS_OF,
        new Configuration());
  }

  /** Without quotes, the braces would begin a YAML mapping. */
  private String quoted(String paths) {
    return Stream.of(paths.split(", ", -1))
        .map(path -> "'%s/%s'".formatted(folder, path))
        .collect(joining(", "));
  }

  private void deliver(String files) throws IOException {
    for (String file : List.of(files.strip().split(" +", -1))) {
      if (!file.isEmpty()) {
        Path delivered = folder.resolve(file);
        Files.createDirectories(delivered.getParent());
        Files.createFile(delivered);
      }
    }
  }
}
