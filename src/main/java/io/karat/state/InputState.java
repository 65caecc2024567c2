package io.karat.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.input.SourceFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * State of an input: what was read of it, and what became of its rows.
 *
 * @param definition a digest of everything that says what its rows and days mean
 * @param since the first day that has an entry of its own for each customer, the first of a month;
 *     those before are one; empty if all have
 * @param files its files
 * @param layouts the layouts of its files
 * @param rows its rows by file, day and outcome
 */
public record InputState(
    String definition,
    Optional<LocalDate> since,
    List<ReadFile> files,
    FileLayouts layouts,
    List<FileRows> rows) {
  public InputState {
    files = List.copyOf(files);
    rows = List.copyOf(rows);
  }

  /** The state after files were read. */
  public static InputState of(
      String definition,
      Optional<LocalDate> since,
      List<SourceFile> files,
      FileLayouts layouts,
      List<FileRows> rows) {
    return new InputState(
        definition, since, files.stream().map(ReadFile::of).toList(), layouts, rows);
  }

  static InputState of(JsonNode json) {
    List<ReadFile> files = new ArrayList<>();
    json.path("files").forEach(file -> files.add(ReadFile.of(file)));
    List<FileRows> rows = new ArrayList<>();
    json.path("rows").forEach(some -> rows.add(FileRows.of(some)));
    return new InputState(
        json.path("definition").asText(),
        Optional.ofNullable(json.get("since")).map(day -> LocalDate.parse(day.asText())),
        files,
        FileLayouts.of(json.path("layouts")),
        rows);
  }

  void write(ObjectNode json) {
    json.put("definition", definition);
    since.ifPresent(day -> json.put("since", day.toString()));
    files.forEach(file -> file.write(json.withArray("files").addObject()));
    layouts.write(json.putObject("layouts"));
    rows.forEach(some -> some.write(json.withArray("rows").addObject()));
  }
}
