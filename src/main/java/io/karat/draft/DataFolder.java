package io.karat.draft;

import io.karat.run.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Folder in which tables are looked for: a file, files whose names begin alike, or a folder with
 * folders of days is one table.
 */
final class DataFolder {
  private static final Map<String, String> FORMATS =
      Map.of(
          "parquet", "parquet", "orc", "orc", "avro", "avro", "csv", "csv", "tsv", "csv", "json",
          "json", "jsonl", "json", "ndjson", "json");

  /** The name of a folder that holds a part of a table: of a value, a year or a day. */
  private static final String PART = "[^=]+=.*|\\d[\\d_-]*";

  private static final String DAY = "([^=]+)=\\d{4}-\\d{2}-\\d{2}";

  private final FileSystem files;
  private final Vocabulary vocabulary;
  private final List<FoundTable> tables = new ArrayList<>();

  private DataFolder(FileSystem files, Vocabulary vocabulary) {
    this.files = files;
    this.vocabulary = vocabulary;
  }

  /**
   * The tables at a path, in the order of their paths.
   *
   * @throws InputException if nothing is there that can be read
   */
  static List<FoundTable> tables(String path, Vocabulary vocabulary, Configuration hadoop)
      throws IOException {
    Path data = new Path(path);
    FileSystem files = data.getFileSystem(hadoop);
    DataFolder folder = new DataFolder(files, vocabulary);
    try {
      folder.look(path, files.getFileStatus(data));
    } catch (FileNotFoundException missing) {
      throw new InputException(
          "Folder '%s' does not exist: expected one with the tables of a business. Correct the path."
              .formatted(path),
          missing);
    }
    if (folder.tables.isEmpty()) {
      throw new InputException(
          "Folder '%s' holds no table: expected files whose names end in .parquet, .csv, .tsv, .json, .orc or .avro. Correct the path, or export the tables to such files."
              .formatted(path));
    }
    return List.copyOf(folder.tables);
  }

  private void look(String path, FileStatus status) throws IOException {
    String name = status.getPath().getName();
    if (status.isFile()) {
      add(stem(name), path, status, Optional.empty());
      return;
    }

    List<FileStatus> children = visible(status);
    List<FileStatus> folders = children.stream().filter(FileStatus::isDirectory).toList();
    SortedMap<String, List<FileStatus>> byStem = new TreeMap<>();
    children.stream()
        .filter(child -> child.isFile() && format(child).isPresent())
        .forEach(
            child ->
                byStem
                    .computeIfAbsent(stem(child.getPath().getName()), it -> new ArrayList<>())
                    .add(child));
    boolean isParts =
        !folders.isEmpty() && folders.stream().allMatch(it -> it.getPath().getName().matches(PART));
    if (isParts || (folders.isEmpty() && byStem.size() == 1 && !isNamed(byStem.firstKey()))) {
      Optional<FileStatus> first = first(status);
      if (first.isPresent()) {
        add(name, path, first.get(), day(folders));
      }
      return;
    }

    for (Map.Entry<String, List<FileStatus>> group : byStem.entrySet()) {
      FileStatus first = group.getValue().get(0);
      String file = first.getPath().getName();
      boolean isAlone =
          byStem.keySet().stream()
              .noneMatch(it -> !it.equals(group.getKey()) && it.startsWith(group.getKey()));
      String found = group.getValue().size() == 1 ? file : pattern(group.getKey(), file, isAlone);
      add(
          group.getKey().isEmpty() ? name : group.getKey(),
          path + "/" + found,
          first,
          Optional.empty());
    }
    for (FileStatus folder : folders) {
      look(path + "/" + folder.getPath().getName(), folder);
    }
  }

  /**
   * The pattern of files of one stem.
   *
   * @param isAlone whether no other stem begins like it; else what comes before the first digit
   *     tells the files apart
   */
  private static String pattern(String stem, String file, boolean isAlone) {
    String end = file.substring(file.lastIndexOf('.'));
    String mark = file.substring(stem.length()).replaceFirst("\\d.*$", "");
    return stem + (isAlone ? "" : mark + "[0-9]") + "*" + end;
  }

  private boolean isNamed(String stem) {
    return vocabulary.table(stem).isPresent();
  }

  private void add(String name, String path, FileStatus first, Optional<String> day)
      throws IOException {
    Optional<String> format = format(first);
    if (format.isPresent()) {
      Map<String, String> options =
          format.get().equals("csv") ? CsvHeading.of(files, first.getPath()).options() : Map.of();
      tables.add(new FoundTable(name, path, format.get(), options, day));
    }
  }

  private static Optional<String> day(List<FileStatus> folders) {
    return folders.stream().allMatch(it -> it.getPath().getName().matches(DAY))
        ? folders.stream().findFirst().map(it -> it.getPath().getName().replaceFirst("=.*", ""))
        : Optional.empty();
  }

  private Optional<FileStatus> first(FileStatus folder) throws IOException {
    for (FileStatus child : visible(folder)) {
      Optional<FileStatus> file =
          child.isDirectory()
              ? first(child)
              : Optional.of(child).filter(it -> format(it).isPresent());
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  private List<FileStatus> visible(FileStatus folder) throws IOException {
    return Arrays.stream(files.listStatus(folder.getPath()))
        .filter(child -> !child.getPath().getName().matches("[._].*"))
        .sorted(Comparator.comparing(child -> child.getPath().getName()))
        .toList();
  }

  /** The format that the name of a file says; {@code .csv.gz} is one of text too. */
  private static Optional<String> format(FileStatus file) {
    String name = file.getPath().getName().toLowerCase(Locale.ROOT);
    String plain = name.replaceFirst("\\.(gz|bz2|zst)$", "");
    return Optional.ofNullable(FORMATS.get(plain.substring(plain.lastIndexOf('.') + 1)));
  }

  /** The letters with which a name begins, as in {@code sales_2026-01.csv}. */
  private static String stem(String file) {
    String letters = file.replaceFirst("\\..*$", "").replaceFirst("[^\\p{L}\\d]*\\d.*$", "");
    return letters.replaceFirst("[^\\p{L}]+$", "");
  }
}
