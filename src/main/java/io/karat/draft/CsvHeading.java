package io.karat.draft;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.run.InputException;
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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
  private static final String LITTLE_ENDIAN = "UTF-16LE";
  private static final String BIG_ENDIAN = "UTF-16BE";

  /** The longest of the beginnings of {@link #OTHER_KINDS}. */
  private static final int MARK = 8;

  /** What files of other kinds begin with, byte by byte. */
  private static final Map<String, String> OTHER_KINDS =
      Map.of(
          "PK\u0003\u0004", "a ZIP archive or an Excel workbook",
          "\u00d0\u00cf\u0011\u00e0", "an old Excel workbook",
          "\u001f\u008b", "compressed by gzip, which a name ending in .gz would say",
          "PAR1", "a Parquet file",
          "%PDF", "a PDF document",
          "<html", "a page of HTML",
          "<!DOCTYP", "a page of HTML",
          "<?xml", "an XML document");

  /** Chinese characters, with letters of ASCII before and behind them. */
  private static final Pattern HAN = Pattern.compile("([A-Za-z]?)(\\p{IsHan}+)(?=([A-Za-z]?))");

  /** A line that tells Excel the separator. */
  private static final Pattern FOR_EXCEL = Pattern.compile("\"?sep=.\"?[,;\t|]*");

  static CsvHeading of(FileSystem files, Path file) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(files.getConf()).getCodec(file);
    try (InputStream stored = files.open(file);
        InputStream in = codec == null ? stored : codec.createInputStream(stored)) {
      byte[] start = in.readNBytes(LOOKED_AT);
      requireText(start, file);
      String line = firstLine(start, charset(start));
      if (FOR_EXCEL.matcher(line).matches()) {
        throw new InputException(
            "File '%s' begins with the line '%s', which only Excel understands: expected the names of the columns. Remove that line, here and from the files to come."
                .formatted(file, line.strip()));
      }
      return of(start);
    }
  }

  /** Ends the command if a file of another kind has the name of one of text. */
  private static void requireText(byte[] start, Path file) {
    String first = new String(start, 0, Math.min(start.length, MARK), ISO_8859_1);
    for (Map.Entry<String, String> kind : OTHER_KINDS.entrySet()) {
      if (first.startsWith(kind.getKey())) {
        throw new InputException(
            "File '%s' is called one of text, but is %s: expected lines of values. Export it as CSV, or unpack it."
                .formatted(file, kind.getValue()));
      }
    }
  }

  static CsvHeading of(byte[] start) {
    String charset = charset(start);
    String line = firstLine(start, charset);
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

  private static String firstLine(byte[] start, String charset) {
    return new String(start, Charset.forName(charset))
        .lines()
        .findFirst()
        .map(line -> line.replaceFirst("^\uFEFF", ""))
        .orElse("");
  }

  private static String charset(byte[] start) {
    if (start.length > 1 && start[0] == (byte) 0xff && start[1] == (byte) 0xfe) {
      return LITTLE_ENDIAN;
    }
    if (start.length > 1 && start[0] == (byte) 0xfe && start[1] == (byte) 0xff) {
      return BIG_ENDIAN;
    }
    int half = start.length / 2;
    if (zeros(start, 1) > half / 2) {
      return LITTLE_ENDIAN;
    }
    if (zeros(start, 0) > half / 2) {
      return BIG_ENDIAN;
    }
    if (isUtf8(start)) {
      return UTF_8.name();
    }
    return isChinese(start) ? CHINESE : WESTERN;
  }

  /** The number of zeros at even or at odd places, which text of one byte a letter has none of. */
  private static int zeros(byte[] start, int from) {
    int zeros = 0;
    for (int i = from; i < start.length; i += 2) {
      zeros += start[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  /**
   * Whether text is one of Chinese characters: of those in whole lines, most are in words of them.
   * Accented letters read as rare ones, singly or beside other letters.
   */
  private static boolean isChinese(byte[] start) {
    int end = start.length;
    while (start.length == LOOKED_AT && end > 0 && start[end - 1] != '\n') {
      end--;
    }
    String text;
    try {
      text =
          Charset.forName(CHINESE).newDecoder().decode(ByteBuffer.wrap(start, 0, end)).toString();
    } catch (CharacterCodingException other) {
      return false;
    }
    int all = 0;
    int likely = 0;
    for (MatchResult word : HAN.matcher(text).results().toList()) {
      String letters = word.group(2);
      boolean isAlone = word.group(1).isEmpty() && word.group(3).isEmpty();
      boolean isLong = letters.length() > 1;
      boolean isCommon = letters.chars().allMatch(CsvHeading::isCommon);
      all += letters.length();
      likely += (isLong && (isCommon || isAlone)) || (isCommon && isAlone) ? letters.length() : 0;
    }
    return 2 * likely >= all;
  }

  /** Whether a character is one of the 3,755 common ones, which GB 2312 has first. */
  private static boolean isCommon(int letter) {
    byte[] bytes = Character.toString(letter).getBytes(Charset.forName(CHINESE));
    return bytes.length == 2
        && bytes[0] >= (byte) 0xb0
        && bytes[0] <= (byte) 0xd7
        && bytes[1] >= (byte) 0xa1
        && bytes[1] < 0;
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
