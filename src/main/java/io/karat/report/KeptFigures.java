package io.karat.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.run.Json;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Headline figures of a night, kept beside its history, so that later nights can be compared with
 * it when its tables are deleted.
 *
 * @param levels the customers of all classes and tiers, the best of each model first
 * @param warnings the number of checks that warned
 */
public record KeptFigures(LocalDate asOf, List<Figure> figures, List<Level> levels, int warnings) {
  /** The name of the file beside the history. */
  public static final String FILE = "figures.json";

  /**
   * Headline figure.
   *
   * @param card the key of its name
   * @param column the column that it is the sum of; figures of different columns do not compare
   * @param rule the rates or the model that it is computed by, see {@link FigureRules}; empty if it
   *     has none
   */
  record Figure(
      String card, String column, boolean isMoney, BigDecimal value, Optional<String> rule) {}

  /**
   * Class or tier with its customers.
   *
   * @param model the column of customer_value
   */
  record Level(String model, String code, long customers) {}

  public KeptFigures {
    figures = List.copyOf(figures);
    levels = List.copyOf(levels);
  }

  static KeptFigures of(ReportData brief, HeadlineSection headline) {
    return new KeptFigures(
        brief.asOf(),
        headline.cards().stream().map(HeadlineSection.Card::figure).toList(),
        brief.table("tiers").stream()
            .map(row -> new Level(row.word("model"), row.word("tier"), row.count("customer_count")))
            .toList(),
        (int)
            brief.table("quality_results").stream()
                .filter(check -> check.word("status").equals("warned"))
                .count());
  }

  /** The figure of a column; empty if the night does not have it. */
  Optional<BigDecimal> of(String column) {
    return figure(column).map(Figure::value);
  }

  /** The rule of the figure of a column; empty if the night does not have it, or it has none. */
  Optional<String> rule(String column) {
    return figure(column).flatMap(Figure::rule);
  }

  private Optional<Figure> figure(String column) {
    return figures.stream().filter(it -> it.column().equals(column)).findFirst();
  }

  /** The customers of a class or tier; empty if the night does not have it. */
  Optional<BigDecimal> of(String model, String code) {
    return levels.stream()
        .filter(it -> it.model().equals(model) && it.code().equals(code))
        .map(it -> BigDecimal.valueOf(it.customers()))
        .findFirst();
  }

  /** The content of the file; the same for the same night. */
  public String json() {
    ObjectNode root = Json.TREES.createObjectNode();
    root.put(Columns.AS_OF_DATE, asOf.toString());
    root.put("warnings", warnings);
    for (Figure figure : figures) {
      ObjectNode kept =
          root.withArray("figures")
              .addObject()
              .put("card", figure.card())
              .put("column", figure.column())
              .put("is_money", figure.isMoney())
              .put("value", figure.value().toPlainString());
      figure.rule().ifPresent(rule -> kept.put("rule", rule));
    }
    for (Level level : levels) {
      root.withArray("levels")
          .addObject()
          .put("model", level.model())
          .put("level", level.code())
          .put("customers", level.customers());
    }
    return root.toPrettyString() + "\n";
  }

  /** Parses the file; empty if it is not readable, as no night depends on it. */
  public static Optional<KeptFigures> parse(String json) {
    try {
      JsonNode root = Json.TREES.readTree(json);
      List<Figure> figures = new ArrayList<>();
      for (JsonNode figure : root.path("figures")) {
        figures.add(
            new Figure(
                figure.path("card").asText(),
                figure.path("column").asText(),
                figure.path("is_money").asBoolean(),
                new BigDecimal(figure.path("value").asText()),
                Optional.ofNullable(figure.get("rule")).map(JsonNode::asText)));
      }
      List<Level> levels = new ArrayList<>();
      for (JsonNode level : root.path("levels")) {
        levels.add(
            new Level(
                level.path("model").asText(),
                level.path("level").asText(),
                level.path("customers").asLong()));
      }
      return Optional.of(
          new KeptFigures(
              LocalDate.parse(root.path(Columns.AS_OF_DATE).asText()),
              figures,
              levels,
              root.path("warnings").asInt()));
    } catch (JsonProcessingException | NumberFormatException | DateTimeParseException broken) {
      return Optional.empty();
    }
  }
}
