package io.karat.movement;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.karat.scores.ScoreColumns;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Churn by level of satisfaction as it was observed: customers who had not left on the earlier
 * night of a pair, and how many of them had on the later one. Pairs with a common day would count
 * the same customers over the same days again, so that only pairs without one are added up, the
 * newest first.
 *
 * @param levels by level of satisfaction on the earlier night
 * @param pairs the number of pairs
 */
public record ObservedChurn(SortedMap<BigDecimal, Count> levels, int pairs) {
  /** The name of the file beside the history of the later night of a pair. */
  public static final String FILE = "churn.json";

  /** The fewest customers of whom a rate says something. */
  public static final long FEWEST = 30;

  private static final String MODEL = ScoreColumns.SATISFACTION_LEVEL;
  private static final String STAYED = "stayed";
  private static final String THEN = "customer_id then";
  private static final String LEVEL = "level then";

  public ObservedChurn {
    levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
  }

  /**
   * Customers of a level.
   *
   * @param left how many of them left
   */
  public record Count(long customers, long left) {
    private Count plus(Count other) {
      return new Count(customers + other.customers, left + other.left);
    }

    BigDecimal rate() {
      return BigDecimal.valueOf(left).divide(BigDecimal.valueOf(customers), MathContext.DECIMAL64);
    }

    private boolean isEnough() {
      return customers >= FEWEST;
    }
  }

  /**
   * Counts the customers of an earlier night who have a row tonight too; starts a job.
   *
   * @return empty if the earlier night does not know who had left
   */
  public static Optional<PairOfNights> pair(Dataset<Row> tonight, ComparedNight night) {
    if (!night.knows(ScoreColumns.HAS_LEFT) || !night.knows(ScoreColumns.SATISFACTION_LEVEL)) {
      return Optional.empty();
    }

    Dataset<Row> earlier =
        night
            .customers()
            .filter(not(Columns.column(ScoreColumns.HAS_LEFT)))
            .filter(Columns.column(ScoreColumns.SATISFACTION_LEVEL).isNotNull())
            .select(
                Columns.column(Columns.CUSTOMER_ID).as(THEN),
                Columns.column(ScoreColumns.SATISFACTION_LEVEL).as(LEVEL));
    // A row per level of the configuration.
    List<Row> rows =
        tonight
            .join(earlier, Columns.column(Columns.CUSTOMER_ID).equalTo(Columns.column(THEN)))
            .groupBy(Columns.column(LEVEL))
            .agg(count(lit(1)), count_if(Columns.column(ScoreColumns.HAS_LEFT)))
            .collectAsList();
    List<StateMove> moves = new ArrayList<>();
    for (Row row : rows) {
      String level = row.getDecimal(0).stripTrailingZeros().toPlainString();
      moves.add(move(level, StateMove.LEFT, row.getLong(2)));
      moves.add(move(level, STAYED, row.getLong(1) - row.getLong(2)));
    }
    moves.sort(StateMove.ORDER);
    return Optional.of(
        new PairOfNights(night.from(), night.to(), night.fromRun(), night.periodDays(), moves));
  }

  private static StateMove move(String level, String to, long customers) {
    return new StateMove(MODEL, level, to, customers, BigDecimal.ZERO);
  }

  /** Adds up pairs of nights, in any order. */
  public static ObservedChurn of(List<PairOfNights> pairs) {
    SortedMap<BigDecimal, Count> levels = new TreeMap<>();
    LocalDate start = LocalDate.MAX;
    int counted = 0;
    for (PairOfNights pair :
        pairs.stream().sorted(Comparator.comparing(PairOfNights::to).reversed()).toList()) {
      if (!pair.to().isAfter(start)) {
        pair.moves(MODEL).forEach(move -> add(move, levels));
        start = pair.from();
        counted++;
      }
    }
    return new ObservedChurn(levels, counted);
  }

  private static void add(StateMove move, SortedMap<BigDecimal, Count> levels) {
    long left = move.to().equals(StateMove.LEFT) ? move.customers() : 0;
    levels.merge(new BigDecimal(move.from()), new Count(move.customers(), left), Count::plus);
  }

  /** The customers of a level; empty if none were observed. */
  Optional<Count> of(BigDecimal level) {
    return Optional.ofNullable(levels.get(level)).filter(it -> it.customers() > 0);
  }

  /**
   * The rates that were observed, in place of stated ones: neighbours that are out of order are
   * pooled, so that more satisfied customers never leave more often. A level of fewer than 30
   * customers keeps its stated rate, as far as its neighbours allow.
   */
  public SortedMap<BigDecimal, BigDecimal> learned(SortedMap<BigDecimal, BigDecimal> stated) {
    List<Pool> pools = new ArrayList<>();
    for (BigDecimal level : stated.keySet()) {
      of(level).filter(Count::isEnough).ifPresent(it -> pool(new Pool(List.of(level), it), pools));
    }
    SortedMap<BigDecimal, BigDecimal> learned = new TreeMap<>();
    pools.forEach(pool -> pool.levels().forEach(it -> learned.put(it, pool.count().rate())));
    SortedMap<BigDecimal, BigDecimal> all = new TreeMap<>(learned);
    for (Map.Entry<BigDecimal, BigDecimal> level : stated.entrySet()) {
      all.computeIfAbsent(level.getKey(), it -> between(it, level.getValue(), learned));
    }
    return all;
  }

  /** Neighbouring levels with one rate. */
  private record Pool(List<BigDecimal> levels, Count count) {
    private Pool and(Pool next) {
      List<BigDecimal> both = new ArrayList<>(levels);
      both.addAll(next.levels);
      return new Pool(both, count.plus(next.count));
    }
  }

  /** Adds the next higher level; lower ones whose rate is not above it are pooled with it. */
  private static void pool(Pool next, List<Pool> pools) {
    Pool last = next;
    while (!pools.isEmpty()
        && pools.get(pools.size() - 1).count().rate().compareTo(last.count().rate()) < 0) {
      last = pools.remove(pools.size() - 1).and(last);
    }
    pools.add(last);
  }

  private static BigDecimal between(
      BigDecimal level, BigDecimal rate, SortedMap<BigDecimal, BigDecimal> learned) {
    SortedMap<BigDecimal, BigDecimal> below = learned.headMap(level);
    SortedMap<BigDecimal, BigDecimal> above = learned.tailMap(level);
    BigDecimal limited = below.isEmpty() ? rate : rate.min(below.get(below.lastKey()));
    return above.isEmpty() ? limited : limited.max(above.get(above.firstKey()));
  }
}
