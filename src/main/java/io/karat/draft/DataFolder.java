package io.karat.draft;

import static java.util.stream.Collectors.joining;

import io.karat.run.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** The name of a folder that holds one day, with what stands before the day. */
  private static final Pattern DAY = Pattern.compile("([^=]+=)?(\\d{4}-\\d{2}-\\d{2}|\\d{8})");

  private final FileSystem files;
  private final java.nio.file.Path output;
  private final Vocabulary vocabulary;
  private final List<FoundTable> tables = new ArrayList<>();

  private DataFolder(FileSystem files, java.nio.file.Path output, Vocabulary vocabulary) {
    this.files = files;
    this.output = output;
    this.vocabulary = vocabulary;
  }

  /**
   * The tables at a path, in the order of their paths.
   *
   * @param output the folder of what nights write, absolute: no table is a folder around it
   * @throws InputException if nothing is there that can be read
   */
  static List<FoundTable> tables(
      String path, java.nio.file.Path output, Vocabulary vocabulary, Configuration hadoop)
      throws IOException {
    Path data = new Path(path);
    FileSystem files = data.getFileSystem(hadoop);
    DataFolder folder = new DataFolder(files, output, vocabulary);
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
        String inside =
            isParts
                ? parts(folders)
                : pattern(byStem.firstKey(), byStem.values().iterator().next(), true);
        String whole = isAroundOutput(status) ? in(path, inside) : path;
        add(name, whole, first.get(), day(folders).map(day -> in(path, day)));
      }
      return;
    }

    for (Map.Entry<String, List<FileStatus>> group : byStem.entrySet()) {
      boolean isAlone =
          byStem.keySet().stream()
              .noneMatch(it -> !it.equals(group.getKey()) && it.startsWith(group.getKey()));
      add(
          group.getKey().isEmpty() ? name : group.getKey(),
          in(path, pattern(group.getKey(), group.getValue(), isAlone)),
          group.getValue().get(0),
          Optional.empty());
    }
    for (FileStatus folder : folders) {
      look(in(path, folder.getPath().getName()), folder);
    }
  }

  /**
   * The pattern of files of one stem; its name if there is one.
   *
   * @param isAlone whether no other stem begins like it; else what comes before the first digit
   *     tells the files apart
   */
  private static String pattern(String stem, List<FileStatus> files, boolean isAlone) {
    String file = files.get(0).getPath().getName();
    if (files.size() == 1) {
      return file;
    }

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

  private static String in(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  private boolean isAroundOutput(FileStatus folder) {
    URI place = folder.getPath().toUri();
    return "file".equals(place.getScheme()) && output.startsWith(place.getPath());
  }

  /** The pattern of folders that are parts of one table. */
  private static String parts(List<FileStatus> folders) {
    return folders.stream()
        .map(it -> it.getPath().getName().replaceFirst("(?<==).*$|^\\d.*$", "*"))
        .map(it -> it.equals("*") ? "[0-9]*" : it)
        .distinct()
        .collect(joining(",", "{", "}"))
        .replaceFirst("^\\{([^,]*)}$", "$1");
  }

  /** The name of folders that hold one day each, with a placeholder for the day. */
  private static Optional<String> day(List<FileStatus> folders) {
    Set<String> names = new HashSet<>();
    for (FileStatus folder : folders) {
      Matcher day = DAY.matcher(folder.getPath().getName());
      names.add(day.matches() ? Objects.requireNonNullElse(day.group(1), "") + "{latest}" : "");
    }
    return names.size() == 1
        ? names.stream().findFirst().filter(it -> !it.isEmpty())
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
