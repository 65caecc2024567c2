package io.karat.settings;

/** The same words in every language of the tables. */
public record Phrase(String en, String zh) {
  public String in(Language language) {
    return switch (language) {
      case EN -> en;
      case ZH -> zh;
    };
  }
}
