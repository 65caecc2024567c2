package io.karat.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** SQL statements in the documents for users. */
public final class DocumentedSql {
  private DocumentedSql() {}

  /** Every block of SQL, by document; documents without any are left out. */
  public static SortedMap<Path, List<String>> blocks() throws IOException {
    SortedMap<Path, List<String>> blocks = new TreeMap<>();
    for (DocumentedCode code : DocumentedCode.all()) {
      if (code.language().equals("sql")) {
        blocks.computeIfAbsent(code.document(), it -> new ArrayList<>()).add(code.text());
      }
    }
    return blocks;
  }

  /** The blocks of SQL of one document. */
  public static List<String> blocks(Path document) throws IOException {
    return blocks().getOrDefault(document, List.of());
  }
}
