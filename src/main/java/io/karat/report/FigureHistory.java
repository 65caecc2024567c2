package io.karat.report;

import io.karat.movement.ComparisonPeriod;
import io.karat.report.HeadlineSection.Change;
import io.karat.scores.ScoreColumns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Headline figures of earlier nights, with which those of a night are compared.
 *
 * @param nights by their days
 */
record FigureHistory(ReportData brief, SortedMap<LocalDate, KeptFigures> nights) {
  private static final ComparisonPeriod MONTH = new ComparisonPeriod(30);
  private static final ComparisonPeriod YEAR = new ComparisonPeriod(365);

  private static final Set<String> LESS_IS_BETTER =
      Set.of(ScoreColumns.VALUE_AT_RISK, KeyAccountReasons.ARREARS);

  FigureHistory {
    nights = Collections.unmodifiableSortedMap(new TreeMap<>(nights));
  }

  FigureHistory(ReportData brief, List<KeptFigures> earlier) {
    this(brief, byDay(earlier));
  }

  private static SortedMap<LocalDate, KeptFigures> byDay(List<KeptFigures> nights) {
    SortedMap<LocalDate, KeptFigures> days = new TreeMap<>();
    nights.forEach(night -> days.put(night.asOf(), night));
    return days;
  }

  /** A figure of the night before; empty if it was not kept. */
  Optional<BigDecimal> nightBefore(String column) {
    return brief
        .previousNight()
        .flatMap(night -> Optional.ofNullable(nights.get(night)))
        .flatMap(it -> it.of(column));
  }

  /** The change of a figure since the night before. */
  Change sinceNightBefore(
      String column, BigDecimal now, BigDecimal before, Function<BigDecimal, String> text) {
    BigDecimal change = now.subtract(before);
    return change(
        column,
        change,
        brief.numbers().signed(change, text.apply(change)),
        brief.sincePreviousNight(),
        brief.previousNight());
  }

  /**
   * A change in words. One since a night with another rule says so, and is neither better nor
   * worse.
   */
  private Change change(
      String column, BigDecimal change, String amount, String since, Optional<LocalDate> night) {
    if (change.signum() == 0) {
      return new Change(brief.say("delta.none", since), "same");
    }

    String words = brief.say("delta", amount, since);
    return night.filter(it -> isByOtherRule(column, it)).isPresent()
        ? new Change(new FigureRules(brief).changed(column, words), way(change))
        : new Change(words, way(change) + (isBetter(change, column) ? " better" : " worse"));
  }

  private boolean isByOtherRule(String column, LocalDate night) {
    Optional<String> before = Optional.ofNullable(nights.get(night)).flatMap(it -> it.rule(column));
    Optional<String> now = new FigureRules(brief).of(column);
    return before.isPresent() && now.isPresent() && !before.equals(now);
  }

  /**
   * The changes of a figure since a month and a year ago, where there are such nights and it is not
   * the night before.
   */
  List<Change> sincePeriods(String column, BigDecimal now, Function<BigDecimal, String> text) {
    List<Change> changes = new ArrayList<>();
    for (ComparisonPeriod period : List.of(MONTH, YEAR)) {
      Optional<LocalDate> night =
          night(period).filter(it -> !brief.previousNight().equals(Optional.of(it)));
      night
          .flatMap(day -> Optional.ofNullable(nights.get(day)))
          .flatMap(it -> it.of(column))
          .ifPresent(before -> changes.add(since(column, night.get(), now, before, text)));
    }
    return changes;
  }

  private Change since(
      String column,
      LocalDate night,
      BigDecimal now,
      BigDecimal before,
      Function<BigDecimal, String> text) {
    BigDecimal change = now.subtract(before);
    return change(
        column,
        change,
        inWords(change, before, text),
        brief.say("since.day", night),
        Optional.of(night));
  }

  /** Words such as {@code +1.2k GBP (+3.4 %)}. */
  private String inWords(BigDecimal change, BigDecimal before, Function<BigDecimal, String> text) {
    String amount = brief.numbers().signed(change, text.apply(change));
    if (before.signum() <= 0) {
      return amount;
    }

    BigDecimal share = change.divide(before, 6, RoundingMode.HALF_UP);
    return brief.say(
        "delta.share", amount, brief.numbers().signed(share, brief.numbers().percent(share)));
  }

  /** The line of a figure up to tonight. */
  Optional<Trend> trend(String column, BigDecimal now, Function<BigDecimal, String> text) {
    SortedMap<LocalDate, BigDecimal> values = new TreeMap<>();
    for (Map.Entry<LocalDate, KeptFigures> night : nights.entrySet()) {
      night.getValue().of(column).ifPresent(value -> values.put(night.getKey(), value));
    }
    values.put(brief.asOf(), now);
    return Trend.of(values, brief.voice(), text);
  }

  /** Which of the periods have no night to compare with, in a sentence; empty if both have. */
  String lacks() {
    if (night(YEAR).isPresent()) {
      return "";
    }
    return brief.say(night(MONTH).isPresent() ? "headline.no_year" : "headline.no_month");
  }

  private Optional<LocalDate> night(ComparisonPeriod period) {
    return period.night(brief.asOf(), nights.keySet());
  }

  private static String way(BigDecimal change) {
    return change.signum() > 0 ? "up" : "down";
  }

  private static boolean isBetter(BigDecimal change, String column) {
    return change.signum() > 0 != LESS_IS_BETTER.contains(column);
  }
}
