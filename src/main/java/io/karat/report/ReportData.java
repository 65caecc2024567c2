package io.karat.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.movement.ComparisonPeriod;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.Language;
import io.karat.settings.Output;
import io.karat.settings.Settings;
import io.karat.settings.Window;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Data of a report and the language of its words.
 *
 * @param scores the models of the configuration
 * @param tables the rows of small tables, by name
 * @param figures sums over all customers, see {@link CustomerAggregates#figures}
 * @param nights counts by night of the history, see {@link CustomerAggregates#nights}
 * @param historyBefore the latest earlier night of the history
 * @param leaving the customers whose leaving would cost most, see {@link PredictedCustomers}
 * @param forecasts predicted net sales by level
 * @param run the content of {@code run_report.json}
 * @param lifetime the lifetime value model of the night
 */
record ReportData(
    Settings settings,
    ScorePlan scores,
    Messages voice,
    Map<String, List<TableRow>> tables,
    List<TableRow> figures,
    List<TableRow> nights,
    Optional<LocalDate> historyBefore,
    List<TableRow> leaving,
    List<TableRow> forecasts,
    JsonNode run,
    Optional<JsonNode> lifetime) {
  private static final int SHARE_PLACES = 6;

  ReportData {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    figures = List.copyOf(figures);
    nights = List.copyOf(nights);
    leaving = List.copyOf(leaving);
    forecasts = List.copyOf(forecasts);
  }

  List<TableRow> table(String name) {
    return tables.getOrDefault(name, List.of());
  }

  /** A part as a share of a whole; empty if the whole is not positive. */
  static Optional<BigDecimal> share(BigDecimal part, BigDecimal whole) {
    return whole.signum() > 0
        ? Optional.of(part.divide(whole, SHARE_PLACES, RoundingMode.HALF_UP))
        : Optional.empty();
  }

  String say(String key, Object... places) {
    return voice.say(key, places);
  }

  NumberFormats numbers() {
    return voice.numbers();
  }

  String runId() {
    return run.path("run_id").asText();
  }

  LocalDate asOf() {
    return LocalDate.parse(run.path("as_of_date").asText());
  }

  /** The sums over customer_indicators. */
  TableRow totals() {
    return figures.stream().filter(it -> it.holds("is_total")).findFirst().orElseThrow();
  }

  /** The number of customers in each cell of scores, with sums over customer_value. */
  List<TableRow> cells() {
    return figures.stream().filter(it -> !it.holds("is_total")).toList();
  }

  /** A sum over all customers; empty if there is no such column, or nobody has a value. */
  Optional<BigDecimal> sum(String column) {
    return totals()
        .number(column)
        .or(
            () ->
                cells().stream()
                    .flatMap(cell -> cell.number(column).stream())
                    .reduce(BigDecimal::add));
  }

  /** Whether an indicator is known of some customer. */
  boolean isKnown(String indicator) {
    return totals()
        .number(CustomerAggregates.known(indicator))
        .map(count -> count.signum() > 0)
        .orElse(true);
  }

  long customers() {
    return totals().count(CustomerAggregates.CUSTOMERS);
  }

  /** The label of an indicator's column, such as {@code Net sales, last 365 days}. */
  String label(String column) {
    return entry(column)
        .map(
            entry -> {
              String label = entry.word("label_" + language());
              return entry
                  .text("time_window")
                  .flatMap(Window::parse)
                  .map(window -> say("label.windowed", label, voice.window(window)))
                  .orElse(label);
            })
        .or(() -> builtIn(column))
        .orElseGet(() -> voice.named("column", column));
  }

  /** The label of a built-in indicator, for those that this release does not have. */
  private Optional<String> builtIn(String column) {
    return IndicatorPlan.builtIn().indicators().values().stream()
        .flatMap(indicator -> IndicatorColumn.named(column, indicator).stream())
        .map(it -> it.label().in(voice.language()))
        .findFirst();
  }

  /** Formats a value of an indicator with its unit. */
  String value(String column, BigDecimal value) {
    return switch (entry(column).map(it -> it.word("unit")).orElse("")) {
      case "money" -> numbers().shortMoney(value);
      case "share" -> numbers().percent(value);
      case "days" -> voice.say("days", numbers().plain(value));
      default -> numbers().plain(value);
    };
  }

  /** Formats a limit of an indicator with its unit, amounts in full; without decimals of zero. */
  String limit(String column, BigDecimal limit) {
    if (!isMoney(column)) {
      return isShare(column) ? numbers().setPercent(limit) : value(column, limit);
    }
    return limit.stripTrailingZeros().scale() <= 0
        ? numbers().wholeMoney(limit)
        : numbers().money(limit);
  }

  /** Formats a value of an indicator; amounts without currency, for columns whose head has it. */
  String bareValue(String column, BigDecimal value) {
    return isMoney(column) ? numbers().shortly(value) : value(column, value);
  }

  /** The label of an indicator's column, with the currency if its values are amounts. */
  String labelInCurrency(String column) {
    return isMoney(column)
        ? settings
            .currency()
            .map(it -> say("label.in_currency", label(column), it.getCurrencyCode()))
            .orElse(label(column))
        : label(column);
  }

  /** Whether less of an indicator is better. */
  boolean isLessBetter(String column) {
    return entry(column).map(it -> it.word("better").equals("lower")).orElse(false);
  }

  private boolean isShare(String column) {
    return entry(column).map(it -> it.word("unit").equals("share")).orElse(false);
  }

  private boolean isMoney(String column) {
    return entry(column).map(it -> it.word("unit").equals("money")).orElse(false);
  }

  private Optional<TableRow> entry(String column) {
    return table("dictionary").stream()
        .filter(it -> it.word("table_name").equals(ReleaseTables.INDICATORS))
        .filter(it -> it.word("column_name").equals(column))
        .findFirst();
  }

  private String language() {
    return switch (voice.language()) {
      case EN -> "en";
      case ZH -> "zh";
    };
  }

  boolean isChinese() {
    return voice.language() == Language.ZH;
  }

  /** The label of a model's column, such as {@code Tier of the profit pyramid}. */
  String model(String column) {
    String named = scores.model(column).in(voice.language());
    return named.substring(0, 1).toUpperCase(Locale.ROOT) + named.substring(1);
  }

  /** The name of a code of a class, tier, quadrant or label. */
  String name(String code) {
    return scores.name(code).in(voice.language());
  }

  /** The states of a model; empty if the configuration has no such model. */
  Optional<State> state(String column) {
    return states().stream().filter(it -> it.column().equals(column)).findFirst();
  }

  /** The models that assign a state to every customer. */
  List<State> states() {
    return new ValueTable(scores).states();
  }

  /** The models whose states are ordered from best to worst, tiers before classes. */
  List<State> ranked() {
    return states().stream()
        .filter(state -> StateMovements.isRanked(this, state.column()))
        .sorted(Comparator.comparing(state -> !state.column().endsWith("_tier")))
        .toList();
  }

  /** The moves between states of one model over a period. */
  List<TableRow> moves(String model, ComparisonPeriod period) {
    return table("transitions").stream()
        .filter(it -> it.word("model").equals(model) && it.whole("period_days") == period.days())
        .toList();
  }

  /** The night that this one was compared with over a period; empty if it was with none. */
  Optional<LocalDate> compared(ComparisonPeriod period) {
    return table("transitions").stream()
        .filter(it -> it.whole("period_days") == period.days())
        .map(it -> LocalDate.parse(it.word("from_date")))
        .findFirst();
  }

  /**
   * The previous night, of which customer_value and the changes speak. The history of a release may
   * be too short to have it.
   */
  Optional<LocalDate> previousNight() {
    return compared(ComparisonPeriod.PREVIOUS_NIGHT).or(() -> historyBefore);
  }

  /** Whether customers are shown with their ids. */
  boolean hasIds() {
    return settings.output().report().map(Output.Report::ids).orElse(true);
  }

  /** Whether customers are shown with their names and owners. */
  boolean hasNames() {
    return hasIds() && settings.output().report().map(Output.Report::names).orElse(true);
  }

  /** The name and id of a customer; the id alone where names are unknown or switched off. */
  String customer(TableRow row) {
    String id = row.word(Columns.CUSTOMER_ID);
    return row.text(KeyAccountReasons.DISPLAY_NAME)
        .filter(name -> hasNames() && !name.equals(id))
        .map(name -> say("customer.named", name, id))
        .orElse(id);
  }

  /** The previous night as a title: {@code Since the night of 2026-02-28}. */
  String since() {
    String words = sincePreviousNight();
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The previous night in words: {@code since the night of 2026-02-28}. */
  String sincePreviousNight() {
    return previousNight()
        .map(night -> say("since.night", night))
        .orElseGet(() -> say("since.previous_night"));
  }
}
