package io.karat.dictionary;

import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.util.Arrays;
import java.util.List;

/** Markdown document in one language, written from top to bottom. */
final class Markdown {
  private static final String NEWLINE = "\n";

  private final Language language;
  private final StringBuilder text = new StringBuilder();

  Markdown(Language language) {
    this.language = language;
  }

  void heading(int level, BilingualText title) {
    heading(level, title.in(language));
  }

  void heading(int level, String title) {
    if (text.length() > 0) {
      text.append(NEWLINE);
    }
    text.append("#".repeat(level)).append(" ").append(title).append(NEWLINE);
  }

  void paragraph(BilingualText sentence) {
    text.append(NEWLINE).append(sentence.in(language)).append(NEWLINE);
  }

  /** Begins a table with its header. */
  void headings(BilingualText... headings) {
    text.append(NEWLINE);
    row(Arrays.stream(headings).map(heading -> heading.in(language)).toArray(String[]::new));
    text.append("|").append("---|".repeat(headings.length)).append(NEWLINE);
  }

  void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |").append(NEWLINE);
  }

  void items(List<String> items) {
    text.append(NEWLINE);
    items.forEach(item -> text.append("- ").append(item).append(NEWLINE));
  }

  String in(BilingualText words) {
    return words.in(language);
  }

  /** Formats code, which is not translated. */
  static String code(String words) {
    return "`" + words.strip().replaceAll("\\s+", " ").replace("|", "\\|") + "`";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
