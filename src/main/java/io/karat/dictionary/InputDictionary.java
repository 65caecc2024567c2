package io.karat.dictionary;

import static io.karat.dictionary.Markdown.code;

import io.karat.night.NightPlan;
import io.karat.settings.BilingualText;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Language;
import io.karat.settings.yaml.Expression;
import java.util.Optional;

/** Reference of the inputs that a night can read and their columns, as Markdown. */
record InputDictionary(Optional<NightPlan> plan, Language language) {
  private static final BilingualText COLUMN = new BilingualText("column", "列");
  private static final BilingualText NEED = new BilingualText("needed", "必需");
  private static final BilingualText MEANING = new BilingualText("meaning", "含义");
  private static final BilingualText MAPPED = new BilingualText("mapped to", "映射为");

  /** Describes all inputs, and in a configuration the expressions mapped to their columns. */
  String inputs() {
    Markdown text = new Markdown(language);
    text.heading(1, new BilingualText("Inputs", "输入"));
    text.paragraph(
        new BilingualText(
            "What `inputs` of a configuration may map: `<input>.columns.<column>` is Spark SQL over"
                + " the source's columns. What is not mapped switches off the indicators that need"
                + " it.",
            "配置中 `inputs` 可映射的内容：`<输入>.columns.<列>` 为基于源列的 Spark SQL。未映射的列会关闭需要它的指标。"));
    for (InputTable table : InputTable.values()) {
      text.heading(2, table.tableName());
      text.paragraph(table.meaning());
      add(text, table);
    }
    return text.toString();
  }

  private void add(Markdown text, InputTable table) {
    Optional<InputSettings> input = plan.flatMap(it -> it.settings().inputs().find(table));
    if (plan.isPresent()) {
      text.headings(COLUMN, NEED, MEANING, MAPPED);
    } else {
      text.headings(COLUMN, NEED, MEANING);
    }
    for (InputTable.Column column : table.columns()) {
      Optional<Expression> mapped =
          input.flatMap(it -> Optional.ofNullable(it.columns().get(column.name())));
      row(text, code(column.name()), need(column.need()), column.meaning(), mapped);
    }
    if (table == InputTable.CUSTOMERS) {
      addCharacteristics(text, input);
    }
  }

  /** Adds the customer attributes that a configuration declares beyond the common columns. */
  private void addCharacteristics(Markdown text, Optional<InputSettings> customers) {
    if (plan.isEmpty()) {
      text.paragraph(
          new BilingualText(
              "Anything else that is known of customers stands under"
                  + " `inputs.customers.characteristics`, as `region: {type: category, value:"
                  + " city}`, and is an indicator of that name.",
              "其他已知的客户信息写在 `inputs.customers.characteristics` 下，如 `region: {type: category, value:"
                  + " city}`，并成为同名指标。"));
    }
    customers.stream()
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
      case ALWAYS -> new BilingualText("yes", "是").in(language);
      case FOR_LINES -> new BilingualText("for lines", "按行时").in(language);
      case NEVER -> "";
    };
  }
}
