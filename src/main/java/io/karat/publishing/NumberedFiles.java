package io.karat.publishing;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Folder of files named by ascending numbers, of which the highest counts. */
record NumberedFiles(Storage storage, String folder) {
  private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.json");

  OptionalLong highest() throws IOException {
    return numbers().stream().mapToLong(Long::longValue).max();
  }

  List<Long> numbers() throws IOException {
    return storage.names(folder).stream()
        .flatMap(name -> NAME.matcher(name).results())
        .map(match -> Long.valueOf(match.group(1)))
        .toList();
  }
}
