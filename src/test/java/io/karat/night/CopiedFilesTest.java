package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.report.NightFacts;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a file which somebody copied is noticed, and that files alike in part are not. */
@ExtendWith(LocalSpark.class)
class CopiedFilesTest {
  private static final String NOTHING = "nothing";
  private final SparkSession spark;
  @TempDir private Path folder;

  CopiedFilesTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Rows are separated by blanks; {@code =} stands for the heading alone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the same file under another name        | a.csv: c1,2026-03-01,10 c2,2026-03-01,20 / a (1).csv: c1,2026-03-01,10 c2,2026-03-01,20 | a (1).csv is a.csv
          a copy in a folder                      | a.csv: c1,2026-03-01,10 / old/a.csv: c1,2026-03-01,10 | old/a.csv is a.csv
          three of one and two of another         | a.csv: c1,2026-03-01,10 / b.csv: c1,2026-03-01,10 / c.csv: c1,2026-03-01,10 / d.csv: c1,2026-03-01,99 / e.csv: c1,2026-03-01,99 | b.csv is a.csv and 2 more
          as large and of that day, of another    | a.csv: c1,2026-03-01,10 / b.csv: c2,2026-03-01,10 | nothing
          the same rows in another order          | a.csv: c1,2026-03-01,10 c2,2026-03-01,20 / b.csv: c2,2026-03-01,20 c1,2026-03-01,10 | nothing
          the same amounts on another day         | a.csv: c1,2026-03-01,10 / b.csv: c1,2026-03-02,10 | nothing
          some rows of another file               | a.csv: c1,2026-03-01,10 c2,2026-03-01,20 / b.csv: c1,2026-03-01,10 | nothing
          files with a heading alone              | a.csv: c1,2026-03-01,10 / b.csv: = / c.csv: = | nothing
          """)
  void copiesAreTold(String what, String files, String expected) throws IOException {
    deliver(files);

    assertEquals(expected, told(run("2026-03-02").remarks().stream().map(it -> it.en()).toList()));
  }

  /** A night that reads only what is new compares it with all that was there before. */
  @Test
  void aCopyIsNoticedByTheNightThatReadsItAlone() throws IOException {
    Map<String, String> days = new TreeMap<>();
    for (int day = 1; day <= 20; day++) {
      days.put(
          "day-%02d.csv".formatted(day),
          "c1,2026-03-%02d,10 c2,2026-03-%02d,7".formatted(day, day));
    }
    days.forEach((name, rows) -> write(name, rows));
    List<String> before = run("2026-03-20").remarks().stream().map(it -> it.en()).toList();
    days.computeIfPresent(
        "day-03.csv",
        (name, rows) -> {
          write("day-03 copy.csv", rows);
          return rows;
        });
    NightFacts facts = run("2026-03-21");

    assertEquals(NOTHING, told(before));
    assertEquals(
        "day-03 copy.csv is day-03.csv",
        told(facts.remarks().stream().map(it -> it.en()).toList()));
    assertEquals(true, facts.inputs().get(0).reading().rowsReused() > 0);
    assertEquals(
        true,
        facts.remarks().stream()
            .anyMatch(it -> it.zh().contains("疑似文件") && it.zh().contains("day-03 copy.csv")));
  }

  /** A list of customers is read whole, whatever files it has, and rows that come again are one. */
  @Test
  void ofAListOfCustomersNothingIsSaid() throws IOException {
    deliver("a.csv: c1,2026-03-01,10 / b.csv: c1,2026-03-01,10");
    deliver("people/a.csv: c1,2026-03-01,10 / people/b.csv: c1,2026-03-01,10");

    assertEquals(
        "b.csv is a.csv",
        told(
            run(
                    "2026-03-02",
                    "inputs.transactions.path=%s/sales/*.csv".formatted(folder),
                    "inputs.customers={path: '%s/sales/people', format: csv, options: {header: true}, columns: {customer_id: who}}"
                        .formatted(folder))
                .remarks()
                .stream()
                .map(it -> it.en())
                .toList()));
  }

  /** Rows that come again do not count where a key tells them. */
  @Test
  void aKeyTellsWhatComesAgain() throws IOException {
    deliver("a.csv: c1,2026-03-01,10 / b.csv: c1,2026-03-01,10");

    assertEquals(
        NOTHING,
        told(
            run("2026-03-02", "inputs.transactions.key=[who, day]").remarks().stream()
                .map(it -> it.en())
                .toList()));
  }

  private void deliver(String files) {
    for (String file : files.split(" / ", -1)) {
      String[] parts = file.split(": ", -1);
      write(parts[0], parts[1]);
    }
  }

  private void write(String name, String rows) {
    Path file = folder.resolve("sales").resolve(name);
    String text = rows.equals("=") ? "" : rows.replace(' ', '\n') + "\n";
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "who,day,worth\n" + text);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private NightFacts run(String asOf, String... sets) throws IOException {
    ToyFirm firm = ToyFirm.at(spark, folder);
    List<String> all =
        new ArrayList<>(
            List.of(
                "inputs.transactions={path: '%s/sales', format: csv, options: {header: true}, columns: {customer_id: who, transaction_time: day, amount: worth}}"
                    .formatted(folder),
                "checks.max_quarantine=1",
                "checks.recompute_share=0"));
    all.addAll(List.of(sets));
    return firm.run(LocalDate.parse(asOf).toString(), all.toArray(String[]::new)).facts();
  }

  /** The files that are said to be copies. */
  private String told(List<String> remarks) {
    return remarks.stream()
        .filter(remark -> remark.contains("seems to be a copy"))
        .map(
            remark ->
                remark
                    .replace(folder.resolve("sales") + "/", "")
                    .replaceAll(
                        "File '(.*?)' of 'transactions' seems to be a copy of '(.*?)'(, and (\\d+) more of others)?:.*",
                        "$1 is $2 and $4 more")
                    .replace(" and  more", ""))
        .findFirst()
        .orElse(NOTHING);
  }
}
