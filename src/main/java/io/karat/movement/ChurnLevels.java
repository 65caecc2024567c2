package io.karat.movement;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.karat.movement.ObservedChurn.Count;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScorePlan;
import io.karat.settings.BilingualText;
import io.karat.settings.ChurnSettings;
import io.karat.settings.Translations;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The table {@code churn_levels}: the churn that is expected by satisfaction, beside the one that
 * was observed.
 *
 * @param stated the configured rates, and the rates {@code used} tonight
 */
public record ChurnLevels(ChurnSettings stated, ChurnSettings used, ObservedChurn observed) {
  /** Verdict on a stated rate. */
  enum Verdict {
    CONFIRMED,
    TOO_LOW,
    TOO_HIGH,
    UNDECIDED
  }

  /**
   * The rows of the table; starts a job.
   *
   * @param tonight customers with their satisfaction, and whether they have left
   */
  public List<Row> rows(Dataset<Row> tonight) {
    SortedMap<BigDecimal, Row> present = present(tonight);
    List<Row> rows = new ArrayList<>();
    for (BigDecimal level : stated.levels().keySet()) {
      BigDecimal rate = stated.levels().get(level);
      Optional<Count> count = observed.of(level);
      Optional<WilsonInterval> interval =
          count.map(it -> WilsonInterval.of(it.left(), it.customers()));
      BilingualText verdict = name(verdict(rate, count));
      Optional<Row> now = Optional.ofNullable(present.get(level));
      rows.add(
          RowFactory.create(
              level.setScale(DecimalTypes.RATIO.scale()),
              share(rate),
              share(used.levels().getOrDefault(level, rate)),
              stated.periodDays(),
              (long) observed.pairs(),
              count.map(Count::customers).orElse(0L),
              count.map(Count::left).orElse(0L),
              count.map(it -> share(it.rate())).orElse(null),
              interval.map(it -> MovementTables.share(it.low())).orElse(null),
              interval.map(it -> MovementTables.share(it.high())).orElse(null),
              verdict(rate, count).name(),
              verdict.en(),
              verdict.zh(),
              now.map(it -> it.getLong(1)).orElse(0L),
              now.map(it -> it.getDecimal(2)).map(MovementTables::amount).orElse(null)));
    }
    return rows;
  }

  /** The levels whose stated rates are not what was observed. */
  public List<String> refuted() {
    return stated.levels().entrySet().stream()
        .filter(
            level ->
                switch (verdict(level.getValue(), observed.of(level.getKey()))) {
                  case CONFIRMED, UNDECIDED -> false;
                  case TOO_LOW, TOO_HIGH -> true;
                })
        .map(level -> level.getKey().stripTrailingZeros().toPlainString())
        .toList();
  }

  private static SortedMap<BigDecimal, Row> present(Dataset<Row> tonight) {
    SortedMap<BigDecimal, Row> present = new TreeMap<>();
    // A row per level of the configuration.
    tonight
        .filter(not(Columns.column(ScoreColumns.HAS_LEFT)))
        .filter(Columns.column(ScoreColumns.SATISFACTION_LEVEL).isNotNull())
        .groupBy(Columns.column(ScoreColumns.SATISFACTION_LEVEL))
        .agg(count(lit(1)), sum(Columns.column(ScorePlan.SALES)).cast(DecimalTypes.NUMBER))
        .collectAsList()
        .forEach(row -> present.put(row.getDecimal(0), row));
    return present;
  }

  /** Whether a stated rate is in the interval of the observed one. */
  static Verdict verdict(BigDecimal stated, Optional<Count> observed) {
    if (observed.isEmpty() || observed.get().customers() < ObservedChurn.FEWEST) {
      return Verdict.UNDECIDED;
    }

    WilsonInterval interval = WilsonInterval.of(observed.get().left(), observed.get().customers());
    if (stated.doubleValue() < interval.low()) {
      return Verdict.TOO_LOW;
    }
    return stated.doubleValue() > interval.high() ? Verdict.TOO_HIGH : Verdict.CONFIRMED;
  }

  private static BilingualText name(Verdict verdict) {
    return Translations.text(Translations.key("churn_verdict", verdict));
  }

  private static BigDecimal share(BigDecimal share) {
    return share.setScale(DecimalTypes.SHARE.scale(), RoundingMode.HALF_UP);
  }
}
