package io.karat.settings;

import io.karat.settings.yaml.Value.Mapping;
import java.util.Locale;

/** Text in both languages of the tables. */
public record BilingualText(String en, String zh) {
  /** The text of a mapping that has {@code en} and {@code zh}. */
  public static BilingualText of(Mapping both) {
    return new BilingualText(both.word("en"), both.word("zh"));
  }

  public String in(Language language) {
    return switch (language) {
      case EN -> en;
      case ZH -> zh;
    };
  }

  /** Makes a label of a snake_case name: {@code web_share} becomes "Web share". */
  public static BilingualText inWords(String name) {
    String words = name.replace('_', ' ');
    String label = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return new BilingualText(label, label);
  }
}
