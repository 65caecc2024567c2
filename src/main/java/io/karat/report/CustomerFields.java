package io.karat.report;

import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.settings.Pyramid;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.List;

/** Fields that the page's list and card of a customer have. */
record CustomerFields(ReportData brief) {
  private static final List<String> MAIN =
      List.of(
          KeyAccountReasons.OWNER,
          ScoreColumns.SEGMENT_NAME,
          ScoreColumns.SEGMENT_CHINESE_NAME,
          "region");
  private static final int MOST_CHARACTERISTICS = 6;

  /**
   * Field of a customer.
   *
   * @param role what the script does with it
   * @param kind how its values are written: text, word, money, number, score or share
   */
  record Field(String column, String label, String role, String kind, List<String> codes) {
    static Field of(String column, String label, String role, String kind) {
      return new Field(column, label, role, kind, List.of());
    }
  }

  /** The fields, in the order in which a card shows them. */
  List<Field> all() {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of(Columns.CUSTOMER_ID, brief.say("head.customer_id"), "id", "text"));
    if (brief.hasNames()) {
      fields.add(
          Field.of(KeyAccountReasons.DISPLAY_NAME, brief.say("head.customer"), "name", "text"));
      fields.add(Field.of(KeyAccountReasons.OWNER, brief.say("head.owner"), "mark", "word"));
    }
    for (State state : brief.states()) {
      fields.add(
          new Field(state.column(), brief.model(state.column()), "state", "word", state.codes()));
    }
    fields.add(
        Field.of(
            brief.isChinese() ? ScoreColumns.SEGMENT_CHINESE_NAME : ScoreColumns.SEGMENT_NAME,
            brief.say("head.segment"),
            "mark",
            "word"));
    brief.scores().characteristics().stream()
        .limit(MOST_CHARACTERISTICS)
        .forEach(it -> fields.add(Field.of(it, brief.label(it), "mark", "word")));
    fields.addAll(figures());
    for (Pyramid pyramid : brief.settings().models().pyramids()) {
      String model = brief.model(ScoreColumns.tier(pyramid));
      fields.add(Field.of(ScoreColumns.score(pyramid), model, "score", "score"));
      fields.add(Field.of(ScoreColumns.pointsToNextTier(pyramid), model, "next", "score"));
      pyramid
          .weights()
          .forEach(
              it ->
                  fields.add(
                      Field.of(
                          pyramid.name() + "__" + it.indicator(),
                          brief.label(it.indicator()),
                          "points",
                          "score")));
    }
    return fields;
  }

  private List<Field> figures() {
    List<Field> figures = new ArrayList<>();
    List<String> money =
        new ArrayList<>(
            List.of(
                sales(),
                CustomerAggregates.windowed("profit", brief.settings()),
                ScoreColumns.VALUE_AT_RISK,
                KeyAccountReasons.ARREARS));
    brief
        .settings()
        .lifetimeValue()
        .ifPresent(it -> money.add(ScoreColumns.expectedSales(it.horizonDays().get(0))));
    money.forEach(it -> figures.add(Field.of(it, inCurrency(figure(it)), "figure", "money")));
    figures.add(Field.of(CustomerAggregates.RECENCY, recency(), "figure", "number"));
    return figures;
  }

  /** The label of recency with its unit. */
  String recency() {
    return brief.say(
        "label.in_currency", brief.label(CustomerAggregates.RECENCY), brief.say("unit.days"));
  }

  /** A label with the currency, if there is one. */
  String inCurrency(String label) {
    return brief
        .settings()
        .currency()
        .map(it -> brief.say("label.in_currency", label, it.getCurrencyCode()))
        .orElse(label);
  }

  private String figure(String column) {
    if (column.equals(ScoreColumns.VALUE_AT_RISK)) {
      return brief.say("card.at_risk");
    }
    return brief
        .settings()
        .lifetimeValue()
        .map(it -> it.horizonDays().get(0))
        .filter(days -> column.equals(ScoreColumns.expectedSales(days)))
        .map(days -> brief.say("customers.expected", days))
        .orElseGet(() -> brief.label(column));
  }

  /** The column of net sales that is shown. */
  String sales() {
    return CustomerAggregates.windowed("net_sales_amount", brief.settings());
  }

  /** Whether a field is listed and filtered by before others. */
  boolean isMain(Field field) {
    return field.role().equals("state")
        ? brief.ranked().stream().anyMatch(it -> it.column().equals(field.column()))
        : MAIN.contains(field.column());
  }
}
