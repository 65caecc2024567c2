package io.karat.draft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Heading of a CSV file, as its first line shows it.
 *
 * @param separator between its values
 * @param isThere whether the line names the columns; else it is a row
 * @param charset of the first lines
 */
record CsvHeading(char separator, boolean isThere, String charset) {
  private static final int LOOKED_AT = 8_192;
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final String WESTERN = "windows-1252";
  private static final String CHINESE = "GB18030";

  static CsvHeading of(FileSystem files, Path file) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(files.getConf()).getCodec(file);
    try (InputStream stored = files.open(file);
        InputStream in = codec == null ? stored : codec.createInputStream(stored)) {
      return of(in.readNBytes(LOOKED_AT));
    }
  }

  static CsvHeading of(byte[] start) {
    String charset = charset(start);
    String line = new String(start, Charset.forName(charset)).lines().findFirst().orElse("");
    char separator =
        SEPARATORS.stream()
            .max(
                Comparator.comparingLong(it -> line.chars().filter(letter -> letter == it).count()))
            .orElseThrow();
    boolean isRow =
        Arrays.stream(line.split("[" + (separator == '|' ? "\\|" : separator) + "]", -1))
            .map(value -> value.replaceAll("^[\\s\"]+|[\\s\"]+$", ""))
            .anyMatch(value -> value.matches("-?\\d[\\d.,:/ -]*"));
    return new CsvHeading(separator, !isRow, charset);
  }

  private static String charset(byte[] start) {
    if (start.length > 1 && start[0] == (byte) 0xff && start[1] == (byte) 0xfe) {
      return "UTF-16LE";
    }
    if (isUtf8(start)) {
      return UTF_8.name();
    }
    return isPaired(start) ? CHINESE : WESTERN;
  }

  /** Whether bytes beyond ASCII come in pairs, as those of Chinese characters do. */
  private static boolean isPaired(byte[] start) {
    int length = 0;
    for (byte letter : start) {
      if (letter >= 0 && length % 2 == 1) {
        return false;
      }
      length = letter < 0 ? length + 1 : 0;
    }
    return true;
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
    if (!charset.equals(UTF_8.name())) {
      options.put("encoding", charset);
    }
    return options;
  }
}
