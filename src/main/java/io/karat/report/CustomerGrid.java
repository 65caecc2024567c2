package io.karat.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.CustomerFields.Field;
import io.karat.scores.ScoreColumns;
import io.karat.settings.Output;
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
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * Table of customers on the page, with a card for each: its fields, and the data for the script.
 */
record CustomerGrid(ReportData brief, CustomerFields fields) {
  static CustomerGrid of(ReportData brief) {
    return new CustomerGrid(brief, new CustomerFields(brief));
  }

  /**
   * List of customers on the page.
   *
   * @param says how many of all customers are listed
   * @param file the file of all customers, where only some are listed
   * @param data JSON that is safe in a script element
   */
  record Shown(String says, Optional<String> file, String data) {}

  /** The list of some customers. */
  Shown shown(List<Row> rows, List<LocalDate> nights) {
    String listed = brief.voice().customers(rows.size());
    return new Shown(
        isCut()
            ? brief.say("customers.some", listed, brief.numbers().count(brief.customers()))
            : brief.say("customers.says", listed),
        isCut() ? Optional.of(CustomerFile.NAME) : Optional.empty(),
        ChartData.text(data(rows, nights)));
  }

  /** The largest number of customers that the page lists; 0 if it lists none. */
  int most() {
    return brief.hasIds()
        ? brief.settings().output().report().map(Output.Report::rows).orElse(0)
        : 0;
  }

  /** Whether there are more customers than the page lists. */
  boolean isCut() {
    return most() > 0 && most() < brief.customers();
  }

  /** The rows to collect. */
  ListedCustomers rows(CustomerAggregates customers) {
    return new ListedCustomers(
        customers,
        Stream.concat(
                fields.all().stream().map(Field::column),
                brief.states().stream().map(state -> ScoreColumns.previous(state.column())))
            .toList(),
        brief.ranked().stream().findFirst(),
        past());
  }

  /**
   * The data for the script: fields, and for each customer the values in their order, then the
   * path, what some figures were, and the reasons to look at the customer.
   *
   * @param nights the nights of the paths
   */
  private ObjectNode data(List<Row> rows, List<LocalDate> nights) {
    List<Field> there =
        fields.all().stream()
            .filter(field -> rows.stream().anyMatch(row -> value(row, field.column()).isPresent()))
            .toList();
    List<Map<String, Integer>> words = there.stream().map(CustomerGrid::codes).toList();
    CustomerReasons reasons = CustomerReasons.of(brief);
    ObjectNode data = ChartData.node();
    ArrayNode all = data.putArray("rows");
    for (Row row : rows) {
      ArrayNode values = all.addArray();
      for (int i = 0; i < there.size(); i++) {
        Field field = there.get(i);
        add(values, value(row, field.column()), field.kind(), words.get(i));
      }
      values.add(value(row, ListedCustomers.PATH).map(it -> shortened(it.toString())).orElse(""));
      ArrayNode past = values.addArray();
      boolean isNews = reasons.add(values, row.getAs(Columns.CUSTOMER_ID));
      ArrayNode changes = values.addArray();
      for (int i = 0; i < there.size(); i++) {
        addChange(changes, row, there.get(i), i, words.get(i));
      }
      if (isNews || !changes.isEmpty()) {
        addPast(past, row);
      }
    }
    for (int i = 0; i < there.size(); i++) {
      data.withArray("fields").add(head(there.get(i), words.get(i).keySet()));
    }
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
    reasons.sentences().keySet().forEach(sentence -> data.withArray("sentences").add(sentence));
    return data;
  }

  /** The numbers of a field's codes; of other words as they come. */
  private static Map<String, Integer> codes(Field field) {
    Map<String, Integer> codes = new LinkedHashMap<>();
    field.codes().forEach(code -> codes.put(code, codes.size()));
    return codes;
  }

  /** A path; of a customer who always had the same level, its sign once. */
  private static String shortened(String path) {
    return path.chars().distinct().count() == 1 ? path.substring(0, 1) : path;
  }

  private ObjectNode head(Field field, Collection<String> words) {
    ObjectNode head = ChartData.node();
    head.put("label", field.label()).put("role", field.role()).put("kind", field.kind());
    head.put("main", fields.isMain(field));
    words.forEach(
        code ->
            head.withArray("words")
                .add(field.codes().isEmpty() ? brief.voice().value(code) : brief.name(code)));
    return head;
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
        int known = words.size();
        values.add(words.computeIfAbsent(text, it -> known));
      }
      case "text" -> values.add(text);
      case "score" -> values.add(rounded(text, 1));
      default -> values.add(rounded(text, 0));
    }
  }

  private static BigDecimal rounded(String number, int places) {
    BigDecimal rounded =
        new BigDecimal(number).setScale(places, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.setScale(Math.max(0, rounded.scale()));
  }

  /** The figures of which the card shows what they were on the previous night. */
  private List<String> past() {
    List<String> past = new ArrayList<>(List.of(fields.sales(), CustomerAggregates.RECENCY));
    brief.settings().models().pyramids().forEach(it -> past.add(ScoreColumns.score(it)));
    return past;
  }

  private String pastLabel(String column) {
    return brief.settings().models().pyramids().stream()
        .filter(it -> ScoreColumns.score(it).equals(column))
        .findFirst()
        .map(it -> brief.model(ScoreColumns.tier(it)))
        .orElseGet(
            () ->
                column.equals(fields.sales())
                    ? fields.inCurrency(brief.label(column))
                    : fields.recency());
  }

  /** Adds the number of a state and its code on the previous night, if that was another. */
  private static void addChange(
      ArrayNode changes, Row row, Field field, int number, Map<String, Integer> words) {
    Optional<Object> now = value(row, field.column());
    value(row, ScoreColumns.previous(field.column()))
        .filter(it -> field.role().equals("state") && now.isPresent() && !it.equals(now.get()))
        .map(Object::toString)
        .ifPresent(
            code -> {
              int known = words.size();
              changes.add(number).add(words.computeIfAbsent(code, it -> known));
            });
  }

  private void addPast(ArrayNode values, Row row) {
    for (String column : past()) {
      value(row, ListedCustomers.before(column))
          .ifPresentOrElse(it -> values.add(rounded(it.toString(), 1)), values::addNull);
    }
  }
}
