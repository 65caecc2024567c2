package io.karat.mart;

import static java.util.stream.Collectors.joining;

import io.karat.run.UsageException;
import io.karat.settings.PostgreSql;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names that PostgreSQL can store. It cuts longer ones silently, so that two of them may become the
 * same.
 */
final class StorableNames {
  static final int MOST_BYTES = 63;

  private static final Set<String> OF_THE_SYSTEM =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  private StorableNames() {}

  static boolean isShort(String name) {
    return bytes(name) <= MOST_BYTES;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Checks the names of columns and of roles.
   *
   * @throws UsageException naming all that cannot be stored
   */
  static void require(Collection<String> columns, PostgreSql mart) {
    Stream<String> roles =
        Stream.concat(Stream.of(mart.user()), mart.readerRole().stream())
            .filter(role -> !isShort(role))
            .map("role '%s'"::formatted);
    Stream<String> names =
        columns.stream()
            .distinct()
            .filter(name -> !isShort(name) || OF_THE_SYSTEM.contains(name.toLowerCase(Locale.ROOT)))
            .map("column '%s'"::formatted);
    String refused =
        Stream.concat(roles, names)
            .map(name -> "%s (%d bytes)".formatted(name, bytes(name.replaceAll("^\\w+ '|'$", ""))))
            .collect(joining(", "));
    if (!refused.isEmpty()) {
      throw new UsageException(
          "PostgreSQL cannot store %s: expected names of at most %d bytes in UTF-8, and none of its own columns such as ctid. Shorten or rename them, or take postgresql out of output.publish."
              .formatted(refused, MOST_BYTES));
    }
  }
}
