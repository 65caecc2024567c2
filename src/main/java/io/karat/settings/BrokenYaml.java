package io.karat.settings;

/** The text is not YAML, so nothing more can be said about it. */
final class BrokenYaml extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String sentence;

  BrokenYaml(int line, String sentence, Throwable cause) {
    super(sentence, cause);
    this.line = line;
    this.sentence = sentence;
  }

  BrokenYaml(int line, String sentence) {
    super(sentence);
    this.line = line;
    this.sentence = sentence;
  }

  /** Counted from 1. */
  int line() {
    return line;
  }

  /** What is wrong. */
  String sentence() {
    return sentence;
  }
}
