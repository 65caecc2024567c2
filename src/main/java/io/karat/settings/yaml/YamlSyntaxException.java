package io.karat.settings.yaml;

/** The text is not YAML, so nothing more can be said about it. */
public final class YamlSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String sentence;

  public YamlSyntaxException(int line, String sentence, Throwable cause) {
    super(sentence, cause);
    this.line = line;
    this.sentence = sentence;
  }

  public YamlSyntaxException(int line, String sentence) {
    super(sentence);
    this.line = line;
    this.sentence = sentence;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }

  /** What is wrong. */
  public String sentence() {
    return sentence;
  }
}
