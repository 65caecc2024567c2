package io.karat.dictionary;

import static io.karat.settings.Translations.text;
import static java.util.stream.Collectors.joining;

import io.karat.expressions.AllowedFunctions;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reference of the functions that expressions may use, by topic, as Markdown. */
record FunctionDictionary(Language language) {
  /** Lists all functions. */
  String functions() {
    Markdown text = new Markdown(language);
    text.heading(1, text("dictionary.functions"));
    text.paragraph(text("dictionary.about_functions"));
    List<String> topics = new ArrayList<>();
    AllowedFunctions.byTopic().entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .forEach(topic -> topics.add(topic(topic.getKey(), topic.getValue())));
    text.items(topics);
    return text.toString();
  }

  private String topic(String name, List<String> functions) {
    return "%s: %s"
        .formatted(
            text(language, "topic." + name.replace(' ', '_')),
            functions.stream().map(Markdown::code).collect(joining(", ")));
  }
}
