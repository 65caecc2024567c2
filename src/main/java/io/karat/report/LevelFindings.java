package io.karat.report;

import static java.util.stream.Collectors.joining;

import io.karat.movement.ComparisonPeriod;
import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Findings on the classes or tiers of one model: customers whom a level lost or gained, new
 * customers, and what net sales became.
 */
record LevelFindings(FindingSearch search, String model) {
  private static final String BEFORE = "net_sales_amount_365d_before";
  private static final String NOW = "net_sales_amount_365d_now";
  private static final String FROM = "from_state";
  private static final String TO = "to_state";
  private static final int PLACES = 6;

  /** The customers whom each level but the last lost to lower ones, and gained from them. */
  List<Finding> all() {
    List<String> codes = brief().state(model).map(State::codes).orElse(List.of());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i + 1 < codes.size(); i++) {
      List<String> lower = codes.subList(i + 1, codes.size());
      lost(codes.get(i), lower).ifPresent(findings::add);
      gained(codes.get(i), lower).ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<Finding> lost(String level, List<String> lower) {
    Predicate<TableRow> isLost =
        move -> move.word(FROM).equals(level) && lower.contains(move.word(TO));
    long count = customers(isLost);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            search.finding(
                "LOST",
                level,
                count,
                sum(BEFORE, isLost),
                true,
                moved(level, lower, ScoreColumns.previous(model), model),
                search.movedDown(model, level, lower),
                search.both(
                    it ->
                        it.say(
                            "finding.lost",
                            named(it, model, level),
                            it.numbers().count(count),
                            it.voice().customers(customers(at(FROM, level))),
                            FindingSearch.money(it, sum(BEFORE, isLost)),
                            FindingSearch.money(it, sum(NOW, isLost)),
                            it.sincePreviousNight()))));
  }

  private Optional<Finding> gained(String level, List<String> lower) {
    Predicate<TableRow> isGained =
        move -> move.word(TO).equals(level) && lower.contains(move.word(FROM));
    long count = customers(isGained);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            search.finding(
                "GAINED",
                level,
                count,
                sum(NOW, isGained),
                true,
                moved(level, lower, model, ScoreColumns.previous(model)),
                List.of(),
                search.both(
                    it ->
                        it.say(
                            "finding.gained",
                            named(it, model, level),
                            it.voice().customers(count),
                            FindingSearch.money(it, sum(NOW, isGained)),
                            FindingSearch.money(it, sum(BEFORE, isGained)),
                            it.sincePreviousNight()))));
  }

  /** New customers, and the change of net sales; over all customers, whatever the model. */
  List<Finding> totals() {
    List<Finding> findings = new ArrayList<>();
    Predicate<TableRow> isNew = at(FROM, StateMovements.NEVER_SEEN);
    long count = customers(isNew);
    if (count > 0) {
      findings.add(
          search.finding(
              "APPEARED",
              "",
              count,
              sum(NOW, isNew),
              true,
              "SELECT * FROM customer_value WHERE previous_%s IS NULL".formatted(model),
              List.of(),
              search.both(
                  it ->
                      it.say(
                          "finding.appeared" + plural(count),
                          it.voice().customers(count),
                          FindingSearch.money(it, sum(NOW, isNew)),
                          it.sincePreviousNight()))));
    }
    BigDecimal before = sum(BEFORE, move -> true);
    BigDecimal now = sum(NOW, move -> true);
    if (now.compareTo(before) != 0) {
      findings.add(
          search.finding(
              FindingSearch.NET_SALES,
              "",
              customers(at(TO, StateMovements.LEFT).negate()),
              now.subtract(before).abs(),
              true,
              "SELECT * FROM transitions WHERE model = '%s' AND period_days = 1".formatted(model),
              List.of(),
              netSales(before, now)));
    }
    return findings;
  }

  private BilingualText netSales(BigDecimal before, BigDecimal now) {
    BigDecimal change = now.subtract(before).abs();
    return search.both(
        it ->
            it.say(
                now.compareTo(before) > 0 ? "finding.net_sales.more" : "finding.net_sales.less",
                FindingSearch.money(it, now),
                FindingSearch.money(it, change),
                before.signum() > 0
                    ? it.say(
                        "finding.net_sales.share",
                        it.numbers().percent(change.divide(before, PLACES, RoundingMode.HALF_UP)))
                    : "",
                it.previousNight().orElseThrow()));
  }

  /** A level with the model that it is of, as several may have levels of that name. */
  private static String named(ReportData brief, String model, String level) {
    return brief.say("finding.level", brief.model(model), brief.name(level));
  }

  /** The best level of the first pyramid, or else of another model that has levels. */
  Optional<Finding> best() {
    List<String> models = brief().ranked().stream().map(State::column).toList();
    return brief().table("tiers").stream()
        .filter(it -> it.whole("position") == 1 && it.number("net_sales_share").isPresent())
        .filter(it -> models.contains(it.word("model")))
        .min(Comparator.comparing(it -> models.indexOf(it.word("model"))))
        .filter(it -> it.count("customer_count") > 0)
        .map(
            level ->
                search.finding(
                    "FIRST_LEVEL",
                    level.word("tier"),
                    level.count("customer_count"),
                    level.amount("net_sales_amount_365d"),
                    false,
                    "SELECT * FROM customer_value WHERE %s = %s"
                        .formatted(level.word("model"), text(level.word("tier"))),
                    List.of(),
                    search.both(it -> best(it, level))));
  }

  private static String best(ReportData brief, TableRow level) {
    return brief.say(
        "finding.first_level",
        named(brief, level.word("model"), level.word("tier")),
        brief.voice().customers(level.count("customer_count")),
        brief.numbers().percent(level.amount("customer_share")),
        brief.numbers().percent(level.amount("net_sales_share")),
        FindingSearch.money(brief, level.amount("net_sales_amount_365d")));
  }

  private String moved(String level, List<String> others, String at, String elsewhere) {
    return "SELECT * FROM customer_value WHERE %s = %s AND %s IN (%s)"
        .formatted(
            at,
            text(level),
            elsewhere,
            others.stream().map(LevelFindings::text).collect(joining(", ")));
  }

  private static String text(String code) {
    return "'%s'".formatted(code.replace("'", "''"));
  }

  private static Predicate<TableRow> at(String column, String state) {
    return move -> move.word(column).equals(state);
  }

  private long customers(Predicate<TableRow> which) {
    return moves().stream().filter(which).mapToLong(StateMovements::customers).sum();
  }

  private BigDecimal sum(String column, Predicate<TableRow> which) {
    return moves().stream()
        .filter(which)
        .map(it -> it.amount(column))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<TableRow> moves() {
    return brief().moves(model, ComparisonPeriod.PREVIOUS_NIGHT);
  }

  private ReportData brief() {
    return search.english();
  }

  private static String plural(long count) {
    return count == 1 ? ".one" : ".many";
  }
}
