package io.karat.cli;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.Set;

/** Text aligned by its width on a terminal, where a Chinese character takes two columns. */
final class DisplayWidth {
  private static final Set<UnicodeScript> WIDE_SCRIPTS =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);
  private static final Set<UnicodeBlock> WIDE_SIGNS =
      Set.of(UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION, UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);
  private static final int FIRST_HALF_WIDTH_FORM = 0xFF61;
  private static final int LAST_HALF_WIDTH_FORM = 0xFFDC;
  private static final int FIRST_PICTOGRAPH = 0x1F300;
  private static final int LAST_PICTOGRAPH = 0x1FAFF;

  private DisplayWidth() {}

  static int width(String text) {
    return text.codePoints().map(DisplayWidth::width).sum();
  }

  /** Pads on the right, so that the text is aligned left. */
  static String left(String text, int width) {
    return text + padding(text, width);
  }

  /** Pads on the left, so that the text is aligned right. */
  static String right(String text, int width) {
    return padding(text, width) + text;
  }

  private static String padding(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text)));
  }

  private static int width(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int character) {
    if (character >= FIRST_HALF_WIDTH_FORM && character <= LAST_HALF_WIDTH_FORM) {
      return false;
    }
    return WIDE_SCRIPTS.contains(UnicodeScript.of(character))
        || WIDE_SIGNS.contains(UnicodeBlock.of(character))
        || (character >= FIRST_PICTOGRAPH && character <= LAST_PICTOGRAPH);
  }
}
