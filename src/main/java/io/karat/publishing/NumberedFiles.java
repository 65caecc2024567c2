package io.karat.publishing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Folder of files named by ascending numbers, of which the highest counts. */
record NumberedFiles(Storage storage, String folder) {
  private static final Pattern NAME = Pattern.compile("([1-9]\\d{0,17})\\.json");

  OptionalLong highest() throws IOException {
    return numbers().stream().mapToLong(Long::longValue).max();
  }

  /** The number of the next file: the first above {@code last} that no folder takes. */
  long next(long last) throws IOException {
    long next = last + 1;
    while (storage.isFolder("%s/%d.json".formatted(folder, next))) {
      next++;
    }
    return next;
  }

  /** The numbers of the files; names of another form are passed over. */
  List<Long> numbers() throws IOException {
    return storage.names(folder).stream().flatMap(name -> number(name).stream()).toList();
  }

  /** The number in the name of such a file; empty if the name has another form. */
  static Optional<Long> number(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
  }
}
