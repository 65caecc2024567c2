package io.karat.cli;

/** What a text on a terminal looks like. */
enum AnsiColor {
  GOOD("32"),
  WARNING("33"),
  FAILURE("31"),
  FAINT("2");

  private final String code;

  AnsiColor(String code) {
    this.code = code;
  }

  /** The text in this ink, or as it is where there are no colours. */
  String on(String text, boolean hasColours) {
    return hasColours ? "\u001b[%sm%s\u001b[0m".formatted(code, text) : text;
  }
}
