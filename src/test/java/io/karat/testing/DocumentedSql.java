package io.karat.testing;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** SQL statements in the documents for users. */
public final class DocumentedSql {
  private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  private DocumentedSql() {}

  /** Every block of SQL, by document; documents without any are left out. */
  public static SortedMap<Path, List<String>> blocks() throws IOException {
    try (Stream<Path> project = Files.list(Path.of(""));
        Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(project, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !blocks(file).isEmpty())
          .collect(toMap(file -> file, DocumentedSql::blocks, (one, other) -> one, TreeMap::new));
    }
  }

  /** The blocks of SQL of one document. */
  public static List<String> blocks(Path document) {
    try {
      return BLOCK
          .matcher(Files.readString(document))
          .results()
          .map(block -> block.group(1))
          .toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
