package io.karat.night;

import static java.util.stream.Collectors.joining;

import io.karat.input.InputMapping;
import io.karat.input.OpenedFiles;
import io.karat.input.SourceFile;
import io.karat.settings.BilingualText;
import io.karat.settings.Translations;
import io.karat.state.FileRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of one input that seem to be copies of each other: of the same size, with as many rows of
 * the same days, and with the same beginning. The rows of each count, unless a key tells that they
 * come again.
 *
 * @param files all files of the input
 * @param rows of every file, by day
 */
record CopiedFiles(OpenedFiles files, List<FileRows> rows) {
  /** The name of a copy is mostly that of the file with something added. */
  private static final Comparator<SourceFile> COPIES_LAST =
      Comparator.<SourceFile>comparingInt(file -> file.path().length())
          .thenComparing(SourceFile::path);

  CopiedFiles {
    rows = List.copyOf(rows);
  }

  /**
   * A remark on the files of an input; empty if none is a copy, or rows that come again do not
   * count.
   */
  static Optional<BilingualText> remark(
      InputPlan input, InputMapping mapping, List<FileRows> rows) {
    return mapping.key().isEmpty()
        ? input.files().flatMap(files -> new CopiedFiles(files, rows).remark(input))
        : Optional.empty();
  }

  private Optional<BilingualText> remark(InputPlan input) {
    List<List<SourceFile>> copies = copies();
    long more = copies.stream().mapToLong(alike -> alike.size() - 1).sum() - 1;
    return copies.stream()
        .findFirst()
        .map(
            alike ->
                Translations.text(
                    more == 0 ? "input.copied_file" : "input.copied_files",
                    input.table().tableName(),
                    alike.get(1).shown(),
                    alike.get(0).shown(),
                    more));
  }

  /** Files that are alike, the shortest path first; each list has two or more. */
  private List<List<SourceFile>> copies() {
    List<List<SourceFile>> copies = new ArrayList<>();
    for (List<Integer> similar : alike(contents())) {
      Map<Integer, String> beginnings = new TreeMap<>();
      similar.forEach(number -> beginnings.put(number, Long.toString(files.beginning(number))));
      for (List<Integer> numbers : alike(beginnings)) {
        copies.add(
            numbers.stream().map(number -> files.all().get(number)).sorted(COPIES_LAST).toList());
      }
    }
    return copies;
  }

  /** What is known of each file that has rows without opening it, by its number. */
  private Map<Integer, String> contents() {
    Map<Integer, List<String>> days = new TreeMap<>();
    for (FileRows some : rows) {
      String day =
          "%s %s %d"
              .formatted(some.tally().day(), some.tally().outcome(), some.tally().term().rows());
      days.computeIfAbsent(some.file(), file -> new ArrayList<>()).add(day);
    }
    Map<Integer, String> contents = new TreeMap<>();
    days.forEach(
        (file, of) ->
            contents.put(
                file,
                of.stream()
                    .sorted()
                    .collect(joining("|", files.all().get(file).bytes() + ": ", ""))));
    return contents;
  }

  /** The keys that have the same value, in lists of two or more. */
  private static Collection<List<Integer>> alike(Map<Integer, String> values) {
    Map<String, List<Integer>> byValue = new TreeMap<>();
    values.forEach(
        (key, value) -> byValue.computeIfAbsent(value, it -> new ArrayList<>()).add(key));
    byValue.values().removeIf(keys -> keys.size() == 1);
    return byValue.values();
  }
}
