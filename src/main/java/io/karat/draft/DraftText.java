package io.karat.draft;

import static java.util.stream.Collectors.joining;

import io.karat.indicators.ReservedNames;
import io.karat.settings.InputTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;

/**
 * Text of a drafted configuration: YAML with the reason for each guess, and CHECK where a person
 * should look.
 *
 * @param name of the business
 * @param place the path of a table as it stands in the configuration
 */
public record DraftText(ConfigurationDraft draft, String name, UnaryOperator<String> place) {
  /** The word that marks a line to look at. */
  public static final String CHECK = "CHECK";

  /** The folder of what nights write, beside the configuration. */
  public static final String OUTPUT = "out";

  private static final int COMMENT_AT = 44;
  private static final int MOST_DECIMALS = 4;
  private static final double LINES_FROM = 1.01;

  /** The whole text. */
  public String yaml() {
    Vocabulary vocabulary = new Vocabulary();
    List<String> lines = new ArrayList<>();
    lines.add("# Drafted by karat init. Each guess has its reason; look at the lines with CHECK.");
    lines.add(line("name: " + scalar(name), ""));
    DraftInput first = draft.inputs().get(0);
    Optional<String> country = country(first, vocabulary);
    lines.add(
        line(
            "time_zone: " + usual(country, "zone", vocabulary).orElse("UTC"),
            because(country, "zone", vocabulary, "of business days")));
    lines.add(currency(country, vocabulary));
    int decimals = draft.inputs().stream().mapToInt(DraftInput::decimals).max().orElse(0);
    if (decimals > 2) {
      lines.add(
          line(
              "money_scale: " + Math.min(decimals, MOST_DECIMALS),
              "amounts have up to %d decimals".formatted(decimals)));
    }
    lines.add("");
    lines.add("inputs:");
    draft.inputs().forEach(input -> add(input, lines));
    draft.passedOver().forEach(table -> lines.add("  # Passed over " + table));
    lines.add("");
    lines.add("output:");
    lines.add(line("  path: " + OUTPUT, "commits, tables, models and the report"));
    return String.join("\n", lines) + "\n";
  }

  private static String line(String text, String comment) {
    return comment.isEmpty()
        ? text
        : "%s%s # %s".formatted(text, " ".repeat(Math.max(0, COMMENT_AT - text.length())), comment);
  }

  private static Optional<String> country(DraftInput input, Vocabulary vocabulary) {
    return input
        .profile()
        .named(vocabulary.other("country"))
        .flatMap(input.profile()::mostFrequent);
  }

  private static Optional<String> usual(
      Optional<String> country, String what, Vocabulary vocabulary) {
    return country.flatMap(it -> vocabulary.usual(it, what));
  }

  private static String because(
      Optional<String> country, String what, Vocabulary vocabulary, String meaning) {
    return usual(country, what, vocabulary)
        .map(
            it ->
                "%s: %s, as most rows are from %s".formatted(CHECK, meaning, country.orElseThrow()))
        .orElse("%s: %s; nothing in the data says it".formatted(CHECK, meaning));
  }

  private String currency(Optional<String> country, Vocabulary vocabulary) {
    CurrencyGuess guess =
        CurrencyGuess.of(draft.inputs())
            .orElseGet(
                () ->
                    new CurrencyGuess(
                        usual(country, "currency", vocabulary).orElse("EUR"),
                        because(country, "currency", vocabulary, "of all amounts")));
    return line("currency: " + guess.code(), guess.reason());
  }

  private void add(DraftInput input, List<String> lines) {
    FoundTable table = input.profile().table();
    Optional<String> snapshots = table.snapshots().filter(it -> input.kind().isSnapshot());
    lines.add("  %s:".formatted(input.kind().tableName()));
    lines.add(
        line(
            "    path: " + scalar(place.apply(snapshots.orElse(table.path()))),
            snapshots.isPresent() ? "each folder holds all rows of its day" : ""));
    if (!table.format().equals("parquet")) {
      lines.add("    format: " + table.format());
    }
    if (!table.options().isEmpty()) {
      lines.add("    options: " + options(table));
    }
    addGrain(input, lines);
    addCondition(input, lines);
    lines.add("    columns:");
    for (DraftColumn column : input.columns()) {
      String check = column.check().isEmpty() ? "" : ". %s: %s".formatted(CHECK, column.check());
      lines.add(
          line(
              "      %s: %s".formatted(column.name(), scalar(column.expression())),
              column.reason() + check));
    }
    List<String> characteristics = input.characteristics();
    if (!characteristics.isEmpty()) {
      lines.add(line("    characteristics:", "few values each"));
      characteristics.forEach(it -> lines.add("      " + characteristic(it)));
    }
    if (!input.unused().isEmpty()) {
      lines.add("    # Not used: %s".formatted(String.join(", ", input.unused())));
    }
    input.unusedChecks().forEach(it -> lines.add("    # %s: %s".formatted(CHECK, it)));
  }

  /** A column under its own name, if Karat has nothing of that name. */
  private static String characteristic(String column) {
    return new ReservedNames().has(column)
        ? "customer_%1$s: {type: category, value: %1$s}".formatted(column)
        : column + ": category";
  }

  /** Several rows of one id are lines of a transaction, unless they are few. */
  private static void addGrain(DraftInput input, List<String> lines) {
    if (input.kind() != InputTable.TRANSACTIONS || !input.has("transaction_id")) {
      return;
    }

    String id = input.expression("transaction_id");
    Row found =
        input.profile().first("count(%s)".formatted(id), "count(DISTINCT %s)".formatted(id));
    long rows = found.getLong(0);
    long ids = found.getLong(1);
    if (rows > ids * LINES_FROM) {
      lines.add(
          line(
              "    grain: line",
              "the first %,d rows have %,d values of %s".formatted(rows, ids, id)));
    } else if (rows > ids) {
      lines.add(
          line(
              "    grain: transaction",
              "%s: %,d of the first %,d rows repeat an id, and count once; line if they are lines"
                  .formatted(CHECK, rows - ids, rows)));
    }
  }

  private static void addCondition(DraftInput input, List<String> lines) {
    List<DraftCondition> conditions = input.conditions();
    if (!conditions.isEmpty()) {
      lines.add(
          line(
              "    where: "
                  + scalar(
                      conditions.stream()
                          .map(DraftCondition::expression)
                          .collect(joining(" AND "))),
              conditions.stream()
                  .map(DraftCondition::reason)
                  .distinct()
                  .collect(joining("; ", CHECK + ": ", ""))));
    }
  }

  /** Texts as Spark SQL has them. */
  static String quoted(List<String> texts) {
    return texts.stream()
        .map(text -> "'%s'".formatted(text.replace("'", "\\'")))
        .collect(joining(", "));
  }

  private static String options(FoundTable table) {
    List<String> options = new ArrayList<>();
    table.options().keySet().stream()
        .sorted()
        .forEach(
            name -> {
              String value = String.valueOf(table.options().get(name));
              options.add("%s: %s".formatted(name, value.equals("\t") ? "\"\\t\"" : scalar(value)));
            });
    return "{%s}".formatted(String.join(", ", options));
  }

  /** A text as YAML has it: in quotes unless it is plain. */
  static String scalar(String text) {
    return text.matches("[A-Za-z_/.][\\w /.()<>='`,*-]*") && !text.endsWith(" ")
        ? text
        : "'%s'".formatted(text.replace("'", "''"));
  }
}
