package io.karat.engine;

import java.io.IOException;
import java.io.Reader;
import java.util.OptionalLong;

/**
 * Scan of the quotes of a CSV file whose values may hold line breaks. A quote that is not closed
 * there would take the rows behind it into its value.
 *
 * @param quote the quote; NUL if there is none
 * @param escape what makes a quote within a value a part of it
 * @param separator the beginning of what separates values
 * @param comment the beginning of lines that are none; NUL if there are none
 * @param isBlankSkipped whether a quote may stand behind blanks
 * @param isRestPlain whether a value continues without quotes behind a quote that does not end it
 */
record QuoteScan(
    char quote,
    char escape,
    char separator,
    char comment,
    boolean isBlankSkipped,
    boolean isRestPlain) {
  private static final int CHARACTERS = 1 << 16;

  /** The line of the first quote that does not close where its value ends; empty if all do. */
  OptionalLong openLine(Reader reader) throws IOException {
    Position position = new Position();
    char[] characters = new char[CHARACTERS];
    for (int read = reader.read(characters); read >= 0; read = reader.read(characters)) {
      for (int i = 0; i < read; i++) {
        if (!position.pass(characters[i])) {
          return OptionalLong.of(position.opened);
        }
      }
    }
    return position.part == Part.QUOTED || position.part == Part.ESCAPED
        ? OptionalLong.of(position.opened)
        : OptionalLong.empty();
  }

  private enum Part {
    ROW_START,
    VALUE_START,
    PLAIN,
    QUOTED,
    ESCAPED,
    BEHIND_QUOTE,
    COMMENT
  }

  /** Position in the text: the part of a row that the next character belongs to. */
  private final class Position {
    private Part part = Part.ROW_START;
    private long line = 1;
    private long opened = 1;
    private char last = '\n';

    /** Moves on by a character; false if a quote has taken other lines into its value. */
    boolean pass(char next) {
      boolean isBreak = next == '\n' || next == '\r';
      boolean isFirstOfBreak = next == '\r' || (next == '\n' && last != '\r');
      last = next;
      boolean isClosedLate = false;
      switch (part) {
        case ROW_START, VALUE_START -> part = begun(next, isBreak);
        case PLAIN -> part = isBreak ? Part.ROW_START : next == separator ? Part.VALUE_START : part;
        case COMMENT -> part = isBreak ? Part.ROW_START : part;
        case QUOTED -> {
          boolean isEscape = next == escape && escape != quote;
          part = isEscape ? Part.ESCAPED : next == quote ? Part.BEHIND_QUOTE : part;
        }
        case ESCAPED -> part = Part.QUOTED;
        case BEHIND_QUOTE -> {
          boolean isEnd = isBreak || next == separator || next == ' ' || next == '\t';
          boolean isPair = next == quote && escape == quote;
          isClosedLate = !isEnd && !isPair && isRestPlain && line > opened;
          part = behindQuote(next, isBreak, isPair);
        }
      }
      line += isFirstOfBreak ? 1 : 0;
      return !isClosedLate;
    }

    private Part begun(char next, boolean isBreak) {
      if (isBreak) {
        return Part.ROW_START;
      }
      if (next == separator) {
        return Part.VALUE_START;
      }
      if (next == quote && quote != 0) {
        opened = line;
        return Part.QUOTED;
      }
      if (next == comment && comment != 0 && part == Part.ROW_START) {
        return Part.COMMENT;
      }
      return isBlankSkipped && next <= ' ' ? Part.VALUE_START : Part.PLAIN;
    }

    private Part behindQuote(char next, boolean isBreak, boolean isPair) {
      if (isBreak) {
        return Part.ROW_START;
      }
      if (next == separator) {
        return Part.VALUE_START;
      }
      if (next == ' ' || next == '\t') {
        return Part.BEHIND_QUOTE;
      }
      return isPair || !isRestPlain ? Part.QUOTED : Part.PLAIN;
    }
  }
}
