package io.karat.cli;

/** Color of a text on a terminal. */
enum AnsiColor {
  NONE(""),
  GOOD("32"),
  WARNING("33"),
  FAILURE("31"),
  FAINT("2");

  private final String code;

  AnsiColor(String code) {
    this.code = code;
  }

  /** The text in this color, or unchanged without color support. */
  String on(String text, boolean hasColours) {
    return hasColours && this != NONE ? "\u001b[%sm%s\u001b[0m".formatted(code, text) : text;
  }
}
