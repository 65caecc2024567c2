package io.karat.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.engine.FileColumn;
import io.karat.engine.FileLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;

/**
 * Layouts of the files of an input as a night learned them, so that the next one need not open
 * files that it does not read.
 *
 * @param reader a digest of everything that says how the files are opened
 * @param layouts the layout of each file, in the order of the files; empty if none is kept
 */
public record FileLayouts(String reader, List<FileLayout> layouts) {
  public FileLayouts {
    layouts = List.copyOf(layouts);
  }

  /**
   * The layouts of files that are as they were, by their place now.
   *
   * @param opened a digest of how the files are opened now
   * @param unchanged the place of each unchanged file now, by its place on that night
   */
  public SortedMap<Integer, FileLayout> of(String opened, SortedMap<Integer, Integer> unchanged) {
    SortedMap<Integer, FileLayout> known = new TreeMap<>();
    if (reader.equals(opened) && !layouts.isEmpty()) {
      unchanged.forEach((before, now) -> known.put(now, layouts.get(before)));
    }
    return known;
  }

  static FileLayouts of(JsonNode json) {
    List<FileLayout> kinds = new ArrayList<>();
    json.path("kinds").forEach(kind -> kinds.add(kind(kind)));
    List<FileLayout> layouts = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      FileLayout kind = kinds.get(file.path(0).asInt());
      OptionalLong rows =
          file.has(1) ? OptionalLong.of(file.path(1).asLong()) : OptionalLong.empty();
      layouts.add(new FileLayout(kind.columns(), rows, kind.isBatched()));
    }
    return new FileLayouts(json.path("reader").asText(), layouts);
  }

  /** Files have few kinds of layouts, which are written once. */
  void write(ObjectNode json) {
    json.put("reader", reader);
    ArrayNode kinds = json.putArray("kinds");
    ArrayNode files = json.putArray("files");
    Map<FileLayout, Integer> numbers = new LinkedHashMap<>();
    for (FileLayout layout : layouts) {
      FileLayout kind = new FileLayout(layout.columns(), OptionalLong.empty(), layout.isBatched());
      Optional<Integer> known = Optional.ofNullable(numbers.putIfAbsent(kind, numbers.size()));
      if (known.isEmpty()) {
        write(kind, kinds.addObject());
      }
      ArrayNode file = files.addArray().add(known.orElse(numbers.size() - 1));
      layout.rows().ifPresent(file::add);
    }
  }

  private static FileLayout kind(JsonNode json) {
    List<FileColumn> columns = new ArrayList<>();
    for (JsonNode column : json.path("columns")) {
      columns.add(
          new FileColumn(
              column.path("name").asText(),
              DataType.fromJson(column.path("type").asText()),
              FileColumn.Reading.valueOf(column.path("reading").asText()),
              column.path("written").asText()));
    }
    return new FileLayout(columns, OptionalLong.empty(), json.path("batched").asBoolean());
  }

  private static void write(FileLayout kind, ObjectNode json) {
    ArrayNode columns = json.put("batched", kind.isBatched()).putArray("columns");
    for (FileColumn column : kind.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", column.type().json())
          .put("reading", column.reading().name())
          .put("written", column.written());
    }
  }
}
