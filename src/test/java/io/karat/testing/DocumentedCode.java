package io.karat.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Block of code in a document for users.
 *
 * @param line the line on which its fence opens
 * @param language what the fence says that it is; empty if it says nothing
 */
public record DocumentedCode(Path document, long line, String language, String text) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([^\n`]*)\n(.*?)^ *```$");

  /** Every block of every document. */
  public static List<DocumentedCode> all() throws IOException {
    List<DocumentedCode> all = new ArrayList<>();
    for (Path document : documents()) {
      String text = Files.readString(document);
      for (MatchResult block : BLOCK.matcher(text).results().toList()) {
        long line = text.substring(0, block.start()).lines().count() + 1;
        all.add(new DocumentedCode(document, line, block.group(1).strip(), block.group(2)));
      }
    }
    return all;
  }

  /** The documents: those of the project, and all below {@code docs}. */
  public static List<Path> documents() throws IOException {
    try (Stream<Path> project = Files.list(Path.of(""));
        Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(project, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  /** Every block that a shell reads. */
  public static List<DocumentedCode> shells() throws IOException {
    return all().stream().filter(it -> Set.of("console", "sh").contains(it.language())).toList();
  }

  /** The lines that are typed in a shell: after a prompt, with those that continue them. */
  public List<String> typed() {
    return text.replaceAll("\\\\\n\\s*", "")
        .lines()
        .filter(line -> language.equals("sh") || line.startsWith("$ "))
        .map(line -> line.replaceFirst("^\\$ ", "").replaceFirst("\\s#\\s.*", ""))
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** Its place, for messages. */
  public String place() {
    return "%s:%d".formatted(document, line);
  }
}
