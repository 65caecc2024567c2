package io.karat.draft;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Folder of data with the draft of a configuration for it. */
record DraftedFolder(Path folder, SparkSession spark) {
  void write(String file, String text) throws IOException {
    write(file, text, StandardCharsets.UTF_8);
  }

  void write(String file, String text, Charset charset) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, text.getBytes(charset));
  }

  ConfigurationDraft draft(Map<String, String> given) throws IOException {
    return draft(folder.resolveSibling("out"), given);
  }

  /** The draft where nights write to a folder. */
  ConfigurationDraft draft(Path output, Map<String, String> given) throws IOException {
    return ConfigurationDraft.of(folder.toString(), output, given, spark);
  }

  /** The whole text of a draft. */
  String text(ConfigurationDraft draft) {
    return new DraftText(draft, "shop", path -> path).yaml().replace(folder.toString(), "FOLDER");
  }

  /** The inputs of a draft, without comments. */
  String inputs(ConfigurationDraft draft) {
    return lines(draft)
        .filter(line -> !line.strip().startsWith("#"))
        .map(line -> line.replaceFirst(" +# .*", "") + "\n")
        .reduce("", String::concat);
  }

  /** What a person should look at in the inputs, with the line that it is about. */
  String checks(ConfigurationDraft draft) {
    return lines(draft)
        .filter(line -> line.contains(DraftText.CHECK))
        .map(line -> line.strip().replaceFirst(" +# .*CHECK: ", " | ") + "\n")
        .reduce("", String::concat);
  }

  private Stream<String> lines(ConfigurationDraft draft) {
    return text(draft)
        .lines()
        .dropWhile(line -> !line.equals("inputs:"))
        .skip(1)
        .takeWhile(line -> !line.isEmpty());
  }
}
