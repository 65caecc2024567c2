package io.karat.input;

import io.karat.run.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * The path of a snapshot table, with the day in its name replaced by {@code {as_of}} (the as-of
 * day) or {@code {latest}} (the newest day at or before it). A day is written 2026-03-01 or
 * 20260301.
 *
 * @param table the input, for messages
 * @param maxAgeDays the greatest allowed age of the newest day; any age if empty
 */
record SnapshotPath(String table, String path, Optional<Integer> maxAgeDays) {
  private static final String AS_OF = "{as_of}";
  private static final String LATEST = "{latest}";

  /** A day anywhere in a name; matches may overlap, so that none hides another. */
  private static final Pattern DAY = Pattern.compile("(?=(\\d{4}-\\d{2}-\\d{2}|\\d{8}))");

  /**
   * A path without placeholder, and the day that replaced it; no day if the path had no
   * placeholder.
   */
  record Dated(String path, Optional<LocalDate> day) {}

  /**
   * The path for an as-of day.
   *
   * @throws InputException if there is no day at or before it, or the newest is too old
   */
  Dated on(LocalDate asOf, Configuration hadoop) {
    if (path.contains(AS_OF)) {
      String compact = path.replace(AS_OF, asOf.format(DateTimeFormatter.BASIC_ISO_DATE));
      String named = path.replace(AS_OF, asOf.toString());
      return new Dated(matches(compact, hadoop).length > 0 ? compact : named, Optional.of(asOf));
    }

    return path.contains(LATEST) ? newest(asOf, hadoop) : new Dated(path, Optional.empty());
  }

  private Dated newest(LocalDate asOf, Configuration hadoop) {
    String folders = path.substring(0, dayFolderEnd());
    String name = folders.substring(folders.lastIndexOf('/') + 1);
    Dated newest =
        Arrays.stream(matches(folders.replace(LATEST, "*"), hadoop))
            .flatMap(status -> dated(status.getPath().getName(), name))
            .filter(found -> !found.day().orElseThrow().isAfter(asOf))
            .max(Comparator.comparing(found -> found.day().orElseThrow()))
            .orElseThrow(
                () ->
                    new InputException(
                        "Input '%s' has no day at or before %s: nothing matches path '%s'. Deliver one, or correct 'inputs.%s'."
                            .formatted(table, asOf, path, Source.pathKey(table))));
    LocalDate day = newest.day().orElseThrow();
    long age = ChronoUnit.DAYS.between(day, asOf);
    maxAgeDays
        .filter(most -> age > most)
        .ifPresent(
            most -> {
              throw new InputException(
                  "Input '%s' is too old: its newest day %s is %d days before %s, expected at most %d. Deliver a newer one, or raise 'inputs.%s.max_age_days'."
                      .formatted(table, day, age, asOf, most, table));
            });
    return newest;
  }

  /** The end of the folder or file name that contains the day. */
  private int dayFolderEnd() {
    int end = path.indexOf('/', path.indexOf(LATEST));
    return end < 0 ? path.length() : end;
  }

  /** The path with each day that the name can contain in place of the placeholder. */
  private Stream<Dated> dated(String found, String name) {
    return DAY.matcher(found)
        .results()
        .map(match -> match.group(1))
        .filter(text -> new GlobPattern(name.replace(LATEST, text)).matches(found))
        .flatMap(
            text ->
                day(text)
                    .map(day -> new Dated(path.replace(LATEST, text), Optional.of(day)))
                    .stream());
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(
          text.contains("-")
              ? LocalDate.parse(text)
              : LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }

  private static FileStatus[] matches(String path, Configuration hadoop) {
    try {
      Path named = new Path(path);
      FileSystem fileSystem = named.getFileSystem(hadoop);
      FileStatus[] found = fileSystem.globStatus(PathPattern.of(fileSystem, named));
      return found == null ? new FileStatus[0] : found;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
