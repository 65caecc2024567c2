package io.karat.draft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Heading of a CSV file, as its first line shows it.
 *
 * @param separator between its values
 * @param isThere whether the line names the columns; else it is a row
 * @param isUtf8 whether the first lines are UTF-8
 */
record CsvHeading(char separator, boolean isThere, boolean isUtf8) {
  private static final int LOOKED_AT = 8_192;
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

  static CsvHeading of(FileSystem files, Path file) throws IOException {
    if (!file.getName().matches("(?i).*\\.[ct]sv")) {
      return new CsvHeading(',', true, true);
    }

    try (FSDataInputStream in = files.open(file)) {
      return of(in.readNBytes(LOOKED_AT));
    }
  }

  static CsvHeading of(byte[] start) {
    boolean isUtf8 = isUtf8(start);
    String text = new String(start, isUtf8 ? UTF_8 : Charset.forName("windows-1252"));
    String line = text.lines().findFirst().orElse("");
    char separator =
        SEPARATORS.stream()
            .max(
                Comparator.comparingLong(it -> line.chars().filter(letter -> letter == it).count()))
            .orElseThrow();
    boolean isRow =
        Arrays.stream(line.split("[" + (separator == '|' ? "\\|" : separator) + "]", -1))
            .map(value -> value.replaceAll("^[\\s\"]+|[\\s\"]+$", ""))
            .anyMatch(value -> value.matches("-?\\d[\\d.,:/ -]*"));
    return new CsvHeading(separator, !isRow, isUtf8);
  }

  /** A value that the end of what was looked at cuts does not count. */
  private static boolean isUtf8(byte[] start) {
    int end = start.length;
    while (end > 0 && start.length == LOOKED_AT && start[end - 1] < 0) {
      end--;
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(start, 0, end));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }

  Map<String, String> options() {
    Map<String, String> options = new TreeMap<>(Map.of("header", "" + isThere));
    if (separator != ',') {
      options.put("sep", "" + separator);
    }
    if (!isUtf8) {
      options.put("encoding", "windows-1252");
    }
    return options;
  }
}
