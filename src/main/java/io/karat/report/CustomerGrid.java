package io.karat.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.settings.Output;
import io.karat.settings.Pyramid;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Table of customers on the page, with a card for each: its fields, and the data for the script.
 */
record CustomerGrid(ReportData brief) {
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
  private record Field(String column, String label, String role, String kind, List<String> codes) {
    static Field of(String column, String label, String role, String kind) {
      return new Field(column, label, role, kind, List.of());
    }
  }

  /**
   * List of customers on the page.
   *
   * @param says how many of all customers are listed
   * @param data JSON that is safe in a script element
   */
  record Shown(String says, String data) {}

  /** The list of some customers. */
  Shown shown(List<Row> rows, List<LocalDate> nights) {
    String listed = brief.voice().customers(rows.size());
    return new Shown(
        rows.size() < brief.customers()
            ? brief.say("customers.some", listed, brief.numbers().count(brief.customers()))
            : brief.say("customers.says", listed),
        ChartData.text(data(rows, nights)));
  }

  /** The largest number of customers that the page lists; 0 if it lists none. */
  int most() {
    return brief.hasIds()
        ? brief.settings().output().report().map(Output.Report::rows).orElse(0)
        : 0;
  }

  /** The rows to collect. */
  ListedCustomers rows(CustomerAggregates customers) {
    return new ListedCustomers(
        customers,
        fields().stream().map(Field::column).toList(),
        brief.ranked().stream().findFirst(),
        past());
  }

  private String sales() {
    return CustomerAggregates.windowed("net_sales_amount", brief.settings());
  }

  private List<Field> fields() {
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
      fields.add(
          new Field(
              ScoreColumns.previous(state.column()),
              brief.model(state.column()),
              "before",
              "word",
              state.codes()));
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
    figures.add(
        Field.of(
            CustomerAggregates.RECENCY,
            brief.label(CustomerAggregates.RECENCY),
            "figure",
            "number"));
    return figures;
  }

  private String inCurrency(String label) {
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

  /**
   * The data for the script: fields, and for each customer the values in their order, then the
   * path, what some figures were, and the reasons to look at the customer.
   *
   * @param nights the nights of the paths
   */
  private ObjectNode data(List<Row> rows, List<LocalDate> nights) {
    List<Field> there =
        fields().stream()
            .filter(field -> rows.stream().anyMatch(row -> value(row, field.column()).isPresent()))
            .toList();
    Map<String, Map<String, Integer>> words = new LinkedHashMap<>();
    for (Field field : there) {
      Map<String, Integer> known =
          words.computeIfAbsent(field.column(), it -> new LinkedHashMap<>());
      field.codes().forEach(code -> known.put(code, known.size()));
    }
    CustomerReasons reasons = CustomerReasons.of(brief);
    ObjectNode data = ChartData.node();
    ArrayNode all = data.putArray("rows");
    for (Row row : rows) {
      ArrayNode values = all.addArray();
      there.forEach(
          field ->
              add(values, value(row, field.column()), field.kind(), words.get(field.column())));
      values.add(value(row, ListedCustomers.PATH).map(Object::toString).orElse(""));
      addPast(values.addArray(), row);
      reasons.add(values, row.getAs(Columns.CUSTOMER_ID));
    }
    there.forEach(
        field -> data.withArray("fields").add(head(field, words.get(field.column()).keySet())));
    data.put("since", brief.since());
    nights.forEach(night -> data.withArray("nights").add(night.toString()));
    brief.ranked().stream()
        .findFirst()
        .ifPresent(
            level -> {
              data.put("level", brief.model(level.column()));
              level.codes().forEach(code -> data.withArray("levels").add(brief.name(code)));
            });
    past().forEach(column -> data.withArray("past").add(pastLabel(column)));
    reasons.names().forEach(name -> data.withArray("reasons").add(name));
    return data;
  }

  private ObjectNode head(Field field, Collection<String> words) {
    ObjectNode head = ChartData.node();
    head.put("label", field.label()).put("role", field.role()).put("kind", field.kind());
    head.put("main", isMain(field));
    words.forEach(
        code -> head.withArray("words").add(field.codes().isEmpty() ? code : brief.name(code)));
    return head;
  }

  /** Whether a field is listed and filtered by before others. */
  private boolean isMain(Field field) {
    return field.role().equals("state")
        ? brief.ranked().stream().anyMatch(it -> it.column().equals(field.column()))
        : MAIN.contains(field.column());
  }

  /** A value; empty if it is null or there is no such column. */
  private static Optional<Object> value(Row row, String column) {
    return row.schema().getFieldIndex(column).isDefined()
        ? Optional.ofNullable(row.<Object>getAs(column))
        : Optional.empty();
  }

  private static void add(
      ArrayNode values, Optional<Object> value, String kind, Map<String, Integer> words) {
    if (value.isEmpty()) {
      values.addNull();
      return;
    }
    String text = value.get().toString();
    switch (kind) {
      case "word" -> {
        words.putIfAbsent(text, words.size());
        values.add(words.get(text));
      }
      case "text" -> values.add(text);
      case "score" -> values.add(rounded(text, 1));
      default -> values.add(rounded(text, 0));
    }
  }

  private static BigDecimal rounded(String number, int places) {
    return new BigDecimal(number).setScale(places, RoundingMode.HALF_UP);
  }

  /** The figures of which the card shows what they were on the previous night. */
  private List<String> past() {
    List<String> past = new ArrayList<>(List.of(sales(), CustomerAggregates.RECENCY));
    brief.settings().models().pyramids().forEach(it -> past.add(ScoreColumns.score(it)));
    return past;
  }

  private String pastLabel(String column) {
    return brief.settings().models().pyramids().stream()
        .filter(it -> ScoreColumns.score(it).equals(column))
        .findFirst()
        .map(it -> brief.model(ScoreColumns.tier(it)))
        .orElseGet(
            () -> column.equals(sales()) ? inCurrency(brief.label(column)) : brief.label(column));
  }

  private void addPast(ArrayNode values, Row row) {
    for (String column : past()) {
      value(row, ListedCustomers.before(column))
          .ifPresentOrElse(it -> values.add(rounded(it.toString(), 1)), values::addNull);
    }
  }
}
