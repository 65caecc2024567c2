package io.karat.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.input.SourceFile;
import io.karat.run.Fingerprint;

/**
 * File of an input as a night read it.
 *
 * @param place a digest of its URI, which may show the value of a variable
 * @param modified its time of modification, in milliseconds since 1970
 */
record ReadFile(String place, long bytes, long modified) {
  static ReadFile of(SourceFile file) {
    return new ReadFile(
        Fingerprint.ofText(file.path()), file.bytes(), file.status().getModificationTime());
  }

  static ReadFile of(JsonNode json) {
    return new ReadFile(
        json.path("place").asText(), json.path("bytes").asLong(), json.path("modified").asLong());
  }

  void write(ObjectNode json) {
    json.put("place", place).put("bytes", bytes).put("modified", modified);
  }
}
