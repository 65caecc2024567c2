package io.karat.publishing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Former format of control files, which is read as if the present one had been written: releases
 * lay in {@code releases/<run id>}, and every commit counted.
 */
final class FormerFormat {
  static final int FORMAT = 1;

  private FormerFormat() {}

  /** Adds what a control file lacks. */
  static void complete(String file, ObjectNode content) {
    if (content.has("releases")) {
      content.put("output", "");
      content.putArray("log");
      content.path("releases").forEach(FormerFormat::addPath);
    }
    if (content.has("holder")) {
      content.put("machine", "").put("beats", 0);
    }
    if (file.endsWith("/" + Layout.MANIFEST)) {
      content.put("path", file.substring(0, file.lastIndexOf('/')));
    }
  }

  private static void addPath(JsonNode release) {
    ((ObjectNode) release).put("path", Layout.runOf(release.path("run_id").asText()));
  }
}
