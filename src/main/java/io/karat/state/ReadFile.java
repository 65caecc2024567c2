package io.karat.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.input.SourceFile;

/**
 * File of an input as a night read it.
 *
 * @param path its URI
 * @param modified its time of modification, in milliseconds since 1970
 */
record ReadFile(String path, long bytes, long modified) {
  static ReadFile of(SourceFile file) {
    return new ReadFile(file.path(), file.bytes(), file.status().getModificationTime());
  }

  static ReadFile of(JsonNode json) {
    return new ReadFile(
        json.path("path").asText(), json.path("bytes").asLong(), json.path("modified").asLong());
  }

  void write(ObjectNode json) {
    json.put("path", path).put("bytes", bytes).put("modified", modified);
  }
}
