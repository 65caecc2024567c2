package io.karat.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.input.SourceFile;
import java.util.ArrayList;
import java.util.List;

/**
 * State of an input: what was read of it, and what became of its rows.
 *
 * @param definition a digest of everything that says what its rows and days mean
 * @param files its files
 * @param rows its rows by file, day and outcome
 */
public record InputState(String definition, List<ReadFile> files, List<FileRows> rows) {
  public InputState {
    files = List.copyOf(files);
    rows = List.copyOf(rows);
  }

  /** The state after files were read. */
  public static InputState of(String definition, List<SourceFile> files, List<FileRows> rows) {
    return new InputState(definition, files.stream().map(ReadFile::of).toList(), rows);
  }

  static InputState of(JsonNode json) {
    List<ReadFile> files = new ArrayList<>();
    json.path("files").forEach(file -> files.add(ReadFile.of(file)));
    List<FileRows> rows = new ArrayList<>();
    json.path("rows").forEach(some -> rows.add(FileRows.of(some)));
    return new InputState(json.path("definition").asText(), files, rows);
  }

  void write(ObjectNode json) {
    json.put("definition", definition);
    files.forEach(file -> file.write(json.withArray("files").addObject()));
    rows.forEach(some -> some.write(json.withArray("rows").addObject()));
  }
}
