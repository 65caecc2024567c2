package io.karat.measures;

import static java.util.stream.Collectors.toMap;

import io.karat.engine.FoldedLedgers;
import io.karat.ledger.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * Measures that are folded from the same entries.
 *
 * @param measures the measures, each over a period
 * @param asOf the lifetime up to the as-of day, which is one of the periods in any case
 */
record LedgerMeasures(List<PeriodMeasure> measures, Period asOf) {
  LedgerMeasures {
    measures = List.copyOf(measures);
  }

  private List<Period> periods() {
    List<Period> periods = new ArrayList<>(List.of(asOf));
    measures.stream()
        .map(PeriodMeasure::period)
        .distinct()
        .filter(period -> !period.equals(asOf))
        .forEach(periods::add);
    return periods;
  }

  /** The periods; the lifetime up to the as-of day is the first one. */
  List<Span> spans() {
    return periods().stream().map(period -> Span.of(period.from(), period.to())).toList();
  }

  /**
   * The parts that are wanted for each period.
   *
   * @param gathered parts that are wanted for the lifetime beside those of the measures
   */
  List<int[]> parts(Set<Integer> gathered) {
    List<Period> periods = periods();
    List<Set<Integer>> wanted = periods.stream().<Set<Integer>>map(it -> new TreeSet<>()).toList();
    wanted.get(0).addAll(gathered);
    for (PeriodMeasure it : measures) {
      int parts = it.measure().accumulation().merges().size();
      Set<Integer> ofPeriod = wanted.get(periods.indexOf(it.period()));
      IntStream.range(0, parts).forEach(part -> ofPeriod.add(it.first() + part));
    }
    return wanted.stream()
        .map(parts -> parts.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /**
   * The values of all measures.
   *
   * @param source the number of their entries among all
   * @param firstSlots the first slot of each part
   */
  List<FoldedLedgers.Value> values(int source, IntUnaryOperator firstSlots) {
    List<Period> periods = periods();
    List<FoldedLedgers.Value> values = new ArrayList<>();
    for (PeriodMeasure it : measures) {
      int slot = firstSlots.applyAsInt(it.first());
      for (String name : it.partNames()) {
        boolean areSums = it.measure().accumulation() instanceof NameAggregate.NameSums;
        values.add(
            new FoldedLedgers.Value(name, source, periods.indexOf(it.period()), slot, areSums));
        slot++;
      }
    }
    return values;
  }

  /** The result of each measure, by its column. */
  Map<String, Column> results() {
    return measures.stream().collect(toMap(PeriodMeasure::column, PeriodMeasure::result));
  }
}
