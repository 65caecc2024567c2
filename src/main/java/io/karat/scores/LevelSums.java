package io.karat.scores;

import static io.karat.scores.LevelFigure.OPEN_COMPLAINTS;
import static io.karat.scores.LevelFigure.PROFIT;
import static io.karat.scores.LevelFigure.RESOLUTION_DAYS;
import static io.karat.scores.LevelFigure.RESOLVED_COMPLAINTS;
import static io.karat.scores.LevelFigure.SALES;
import static io.karat.scores.LevelFigure.SERVICE_COST;
import static io.karat.scores.LevelFigure.WON_BACK;

import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.ExactSum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Sums over the customers of a level. A figure is added up over the customers of whom it is known.
 *
 * @param known the sums of those figures that are known of any customer
 */
public record LevelSums(SortedMap<LevelFigure, BigDecimal> known) {
  private static final int PLACES = DecimalTypes.NUMBER.scale();

  public LevelSums {
    known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
  }

  /** The sums over no customers. */
  public static LevelSums none(Collection<LevelFigure> figures) {
    SortedMap<LevelFigure, BigDecimal> zeros = new TreeMap<>();
    figures.forEach(figure -> zeros.put(figure, BigDecimal.ZERO));
    return new LevelSums(zeros);
  }

  /**
   * Aggregates from which sums are read.
   *
   * @param sums in the order of their columns, two each
   */
  public record Aggregates(SortedMap<LevelFigure, ExactSum> sums) {
    public Aggregates {
      sums = Collections.unmodifiableSortedMap(new TreeMap<>(sums));
    }

    /** Aggregates of figures that a frame has the columns for. */
    public static Aggregates of(Collection<LevelFigure> figures, StructType types) {
      SortedMap<LevelFigure, ExactSum> sums = new TreeMap<>();
      LevelFigure.among(List.of(types.fieldNames())).stream()
          .filter(figures::contains)
          .forEach(figure -> sums.put(figure, figure.sum(types)));
      return new Aggregates(sums);
    }

    /** What each customer adds, in columns of {@link LevelFigure#added}. */
    public List<Column> units() {
      return sums.entrySet().stream()
          .map(it -> it.getValue().units().as(it.getKey().added()))
          .toList();
    }

    /** The aggregates over rows of {@link #units}. */
    public List<Column> ofUnits() {
      return sums.keySet().stream()
          .flatMap(it -> ExactSum.halves(Columns.column(it.added())).stream())
          .toList();
    }

    /** The aggregates over rows of customers. */
    public List<Column> ofCustomers() {
      return sums.values().stream().flatMap(it -> it.halves().stream()).toList();
    }

    /** The number of columns of the aggregates. */
    public int width() {
      return 2 * sums.size();
    }

    /** The sums of a row whose aggregates begin at a position. */
    public LevelSums of(Row row, int position) {
      SortedMap<LevelFigure, BigDecimal> known = new TreeMap<>();
      int next = position;
      for (Map.Entry<LevelFigure, ExactSum> sum : sums.entrySet()) {
        if (!row.isNullAt(next)) {
          known.put(sum.getKey(), sum.getValue().of(row, next));
        }
        next += 2;
      }
      return new LevelSums(known);
    }
  }

  /** The sums over both. */
  public LevelSums plus(LevelSums other) {
    SortedMap<LevelFigure, BigDecimal> sums = new TreeMap<>(known);
    other.known.forEach((figure, sum) -> sums.merge(figure, sum, BigDecimal::add));
    return new LevelSums(sums);
  }

  /** A sum; empty if the figure is known of nobody. */
  public Optional<BigDecimal> of(LevelFigure figure) {
    return Optional.ofNullable(known.get(figure));
  }

  /** Profit less the cost of service; empty unless both are known. */
  public Optional<BigDecimal> contribution() {
    return of(PROFIT).flatMap(profit -> of(SERVICE_COST).map(profit::subtract));
  }

  /** The mean days to the resolution of a complaint; empty if none is resolved. */
  private Optional<BigDecimal> resolutionDays() {
    return of(RESOLVED_COMPLAINTS)
        .filter(count -> count.signum() > 0)
        .flatMap(count -> of(RESOLUTION_DAYS).flatMap(days -> ratio(days, count)));
  }

  /**
   * The values of the columns of money and complaints that tables of levels share.
   *
   * @param whole the sums whose share these are
   */
  public List<Object> values(LevelSums whole) {
    List<Object> values = new ArrayList<>();
    values.add(LevelContracts.number(of(SALES)).orElse(null));
    values.add(share(SALES, whole).orElse(null));
    values.addAll(money(whole));
    values.add(count(OPEN_COMPLAINTS).orElse(null));
    values.add(resolutionDays().orElse(null));
    values.add(count(WON_BACK).orElse(null));
    return values;
  }

  /**
   * The values of the columns of profit, its share, cost of service and contribution.
   *
   * @param whole the sums whose share these are
   */
  public List<Object> money(LevelSums whole) {
    List<Object> values = new ArrayList<>();
    values.add(LevelContracts.number(of(PROFIT)).orElse(null));
    values.add(share(PROFIT, whole).orElse(null));
    values.add(LevelContracts.number(of(SERVICE_COST)).orElse(null));
    values.add(LevelContracts.number(contribution()).orElse(null));
    return values;
  }

  private Optional<Long> count(LevelFigure figure) {
    return of(figure).map(BigDecimal::longValueExact);
  }

  /** The share in a whole; empty unless the whole is above 0. */
  public Optional<BigDecimal> share(LevelFigure figure, LevelSums whole) {
    return of(figure).flatMap(part -> whole.of(figure).flatMap(all -> ratio(part, all)));
  }

  private static Optional<BigDecimal> ratio(BigDecimal part, BigDecimal whole) {
    return whole.signum() > 0
        ? Optional.of(part.divide(whole, PLACES, RoundingMode.HALF_UP))
        : Optional.empty();
  }
}
