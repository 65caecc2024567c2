package io.karat.dictionary;

import static io.karat.dictionary.Markdown.code;
import static io.karat.settings.Translations.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.night.NightPlan;
import io.karat.run.LowerCase;
import io.karat.settings.BilingualText;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Language;
import io.karat.settings.yaml.Expression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reference of the inputs that a night can read and their columns, as Markdown. */
record InputDictionary(Optional<NightPlan> plan, Language language) {
  /** Describes all inputs, and in a configuration the expressions mapped to their columns. */
  String inputs() {
    Markdown text = new Markdown(language);
    text.heading(1, text("dictionary.inputs"));
    text.paragraph(text("dictionary.about_inputs"));
    for (InputTable table : InputTable.values()) {
      text.heading(2, table.tableName());
      text.paragraph(table.meaning());
      add(text, table);
    }
    return plan.isPresent() ? text.toString() : text + formats();
  }

  /** The chapter on formats and types, which is the same for every configuration. */
  private String formats() {
    String file = "formats_%s.md".formatted(LowerCase.of(language));
    try (InputStream in = InputDictionary.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, "This build lacks %s".formatted(file)).readAllBytes(), UTF_8);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void add(Markdown text, InputTable table) {
    Optional<InputSettings> input = plan.flatMap(it -> it.settings().inputs().find(table));
    List<BilingualText> headings =
        new ArrayList<>(
            List.of(
                text("dictionary.column"), text("dictionary.needed"), text("dictionary.meaning")));
    if (plan.isPresent()) {
      headings.add(text("dictionary.mapped"));
    }
    text.headings(headings.toArray(BilingualText[]::new));
    for (InputTable.Column column : table.columns()) {
      Optional<Expression> mapped =
          input.flatMap(it -> Optional.ofNullable(it.columns().get(column.name())));
      row(text, code(column.name()), need(column.need()), column.meaning(), mapped);
    }
    if (table == InputTable.CUSTOMERS && plan.isEmpty()) {
      text.paragraph(text("dictionary.other_characteristics"));
    }
    addCharacteristics(text, input);
  }

  /** Adds the columns that a configuration declares beyond the common ones. */
  private void addCharacteristics(Markdown text, Optional<InputSettings> input) {
    input.stream()
        .flatMap(it -> it.characteristics().values().stream())
        .forEach(
            it ->
                row(
                    text,
                    code(it.name()),
                    "",
                    it.label().orElse(new BilingualText(it.name(), it.name())),
                    Optional.of(it.value())));
  }

  private void row(
      Markdown text, String name, String need, BilingualText meaning, Optional<Expression> mapped) {
    if (plan.isPresent()) {
      text.row(name, need, text.in(meaning), mapped.map(it -> code(it.sql())).orElse(""));
    } else {
      text.row(name, need, text.in(meaning));
    }
  }

  private String need(InputTable.Need need) {
    return switch (need) {
      case ALWAYS -> text(language, "yes");
      case FOR_LINES -> text(language, "dictionary.for_lines");
      case NEVER -> "";
    };
  }
}
