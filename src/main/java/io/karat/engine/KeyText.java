package io.karat.engine;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.text.Normalizer;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Text of keys as they are compared: in Unicode's normal form C, without white space, padding or
 * invisible characters at the ends.
 */
public final class KeyText {
  /** What decoders put in the place of bytes that they do not know. */
  private static final char REPLACEMENT = '\uFFFD';

  /** The bits of eight bytes that no character of ASCII has. */
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** What programs write in the place of an id that is not there. */
  private static final Set<UTF8String> NONE =
      Stream.of(
              "NULL",
              "Null",
              "null",
              "<null>",
              "(null)",
              "[NULL]",
              "\\N",
              "N/A",
              "n/a",
              "#N/A",
              "NaN",
              "nan",
              "<NA>",
              "None",
              "nil",
              "undefined",
              "-")
          .map(UTF8String::fromString)
          .collect(toUnmodifiableSet());

  private static final int LONGEST_NONE = 9;
  private static final Pattern SHORTENED = Pattern.compile("-?[1-9]([.,][0-9]+)?E[+][0-9]{2}");

  private KeyText() {}

  /** The text of a key; null where nothing is left of it. */
  public static Column normalized(Column text) {
    return StaticMethod.of(KeyText.class, "normalized", DataTypes.StringType, text);
  }

  /**
   * The text of an id: {@link #normalized}, and null where it is a word for none, such as NULL, or
   * a number that a spreadsheet has shortened, such as 1.23457E+11.
   */
  public static Column id(Column text) {
    return StaticMethod.of(KeyText.class, "id", DataTypes.StringType, text);
  }

  /** True where a text is one: all its bytes are UTF-8 and none was lost in decoding. */
  public static Column isText(Column text) {
    return StaticMethod.of(KeyText.class, "isText", DataTypes.BooleanType, text);
  }

  /** The text of a key; null where nothing is left of it. Called by generated code. */
  public static @Nullable UTF8String normalized(UTF8String text) {
    int last = text.numBytes() - 1;
    if (last < 0) {
      return null;
    }

    return isAscii(text) && isVisible(text.getByte(0)) && isVisible(text.getByte(last))
        ? text
        : normalizedSlowly(text.toString());
  }

  /** The text of an id; null where it stands for none or many. Called by generated code. */
  public static @Nullable UTF8String id(UTF8String text) {
    UTF8String id = normalized(text);
    return id == null || (mayBeNone(id) && NONE.contains(id)) || isShortened(id) ? null : id;
  }

  /** Whether it begins like a word for none, as few ids do. */
  private static boolean mayBeNone(UTF8String id) {
    return id.numBytes() <= LONGEST_NONE
        && switch (id.getByte(0)) {
          case 'N', 'n', '\\', '<', '(', '[', '#', 'u', '-' -> true;
          default -> false;
        };
  }

  /** Whether it is a number in the form that spreadsheets give to long ones, without the rest. */
  private static boolean isShortened(UTF8String id) {
    int exponent = id.numBytes() - "E+00".length();
    return exponent > 0
        && id.getByte(exponent) == 'E'
        && id.getByte(exponent + 1) == '+'
        && SHORTENED.matcher(id.toString()).matches();
  }

  /** The key that a person typed. */
  public static String normalized(String text) {
    UTF8String normalized = normalized(UTF8String.fromString(text));
    return normalized == null ? "" : normalized.toString();
  }

  /** Whether a text is one. Called by generated code. */
  public static boolean isText(UTF8String text) {
    return isAscii(text) || (text.isValid() && text.toString().indexOf(REPLACEMENT) < 0);
  }

  private static @Nullable UTF8String normalizedSlowly(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isInvisible(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (to > from && isInvisible(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return from == to
        ? null
        : UTF8String.fromString(
            Normalizer.normalize(text.substring(from, to), Normalizer.Form.NFC));
  }

  private static boolean isAscii(UTF8String text) {
    int bytes = text.numBytes();
    int next = 0;
    for (; next + Long.BYTES <= bytes; next += Long.BYTES) {
      long eight = Platform.getLong(text.getBaseObject(), text.getBaseOffset() + next);
      if ((eight & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; next < bytes; next++) {
      if (text.getByte(next) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(byte ascii) {
    return ascii > ' ' && ascii < 0x7f;
  }

  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT ->
          true;
      default -> isBlankLetter(character);
    };
  }

  /** Fillers of Hangul, the empty pattern of Braille and what joins letters: drawn as nothing. */
  private static boolean isBlankLetter(int character) {
    return character == 0x115F
        || character == 0x1160
        || character == 0x3164
        || character == 0xFFA0
        || character == 0x2800
        || character == 0x034F
        || (character >= 0xFE00 && character <= 0xFE0F);
  }
}
