package io.karat.draft;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of which files and folders are one table. */
class DataFolderTest {
  private final Path folder;

  DataFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.csv                                 | a.csv",
        "a_2026-01.csv a_2026-02.csv           | a*.csv",
        "2026-01.csv 2026-02.csv               | *.csv",
        "d=2026-01-01/a.csv d=2026-01-02/a.csv | d=*",
        "2025/a.csv 2026/a.csv                 | [0-9]*",
        "2025/a.csv late=1/a.csv               | {[0-9]*,late=*}",
        "x/a.csv y/b.csv                       | x y",
      })
  void noTableIsAFolderAroundTheOutput(String files, String paths) throws IOException {
    write(files);

    assertEquals(paths, paths(folder.resolve("out")));
    assertEquals(paths.equals("x y") ? paths : "", paths(folder.resolveSibling("out")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c/day=2026-02-01/a.csv c/day=2026-02-02/a.csv | c/day={latest}",
        "c/day=20260201/a.csv c/day=20260202/a.csv     | c/day={latest}",
        "c/20260201/a.csv c/20260202/a.csv             | c/{latest}",
        "c/2026-02-01/a.csv c/2026-02-02/a.csv         | c/{latest}",
        "c/2026/a.csv c/2027/a.csv                     | ''",
        "c/day=20260201/a.csv c/on=20260202/a.csv      | ''",
        "c/day=1/a.csv c/day=2/a.csv                   | ''",
      })
  void foldersOfOneDayEachAreSnapshots(String files, String snapshots) throws IOException {
    write(files + " d/d.csv");

    assertEquals(
        snapshots,
        DataFolder.tables(
                folder.toString(), folder.resolve("out"), new Vocabulary(), new Configuration())
            .get(0)
            .snapshots()
            .map(it -> it.replace(folder + "/", ""))
            .orElse(""));
  }

  private void write(String files) throws IOException {
    for (String file : files.split(" +", -1)) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "a,b\n1,2\n");
    }
  }

  /** The paths of the tables below the folder. */
  private String paths(Path output) throws IOException {
    return DataFolder.tables(folder.toString(), output, new Vocabulary(), new Configuration())
        .stream()
        .map(table -> table.path().replaceFirst("\\Q%s\\E/?".formatted(folder), ""))
        .collect(joining(" "));
  }
}
