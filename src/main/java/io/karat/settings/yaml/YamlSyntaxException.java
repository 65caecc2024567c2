package io.karat.settings.yaml;

/** Exception for a text that is not YAML, so that nothing more can be read from it. */
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

  /** The line of the error, counted from 1. */
  public int line() {
    return line;
  }

  /** The message, as a sentence. */
  public String sentence() {
    return sentence;
  }
}
