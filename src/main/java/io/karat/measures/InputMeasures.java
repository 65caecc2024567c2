package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.input.InputRows;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** The measures of one input per customer, with the tally of its rows. */
final class InputMeasures {
  private static final String DAY = "day";
  private static final String USED = "_used_rows";

  private final InputRows input;
  private final MeasureSource table;
  private final Money money;
  private final List<Measure.Use> uses;
  private final Period asOf;

  /**
   * Measures of an input.
   *
   * @param uses measures and their periods; those of other inputs are ignored
   */
  InputMeasures(InputRows input, Money money, List<Measure.Use> uses, Period asOf) {
    this.input = input;
    this.table = MeasureSource.valueOf(input.table().name());
    this.money = money;
    this.uses = uses.stream().filter(use -> use.measure().table() == table).distinct().toList();
    this.asOf = asOf;
  }

  /** Frames of partial aggregates, each with at most one row per customer. */
  List<PartialMeasures> parts() {
    List<Measure> measures = uses.stream().map(Measure.Use::measure).distinct().toList();
    MeasuredRows units = new MeasuredInput(input, money, measures, asOf).units();
    DayScope words = DayScope.of(table, money);
    DistinctDays days = new DistinctDays(units, words);

    List<PeriodMeasure> direct = new ArrayList<>();
    units.tally().forEach(tally -> direct.add(tally.over(asOf, tally.name())));
    units.measures().forEach(measure -> direct.addAll(over(measure)));
    counted(words)
        .filter(use -> DistinctDays.isShort(use.period()))
        .forEach(use -> direct.add(days.ofShort(use)));

    List<PartialMeasures> parts =
        new ArrayList<>(List.of(PartialMeasures.of(units.rows(), direct)));
    days.ofLong(counted(words).filter(use -> !DistinctDays.isShort(use.period())).toList())
        .ifPresent(parts::add);
    ofDays(units, words).forEach(parts::add);
    parts.addAll(new ProductAndChannelMeasures(money, input, uses).perCustomer());
    parts.addAll(new DistinctValues(input, uses, money, asOf).perCustomer());
    return parts;
  }

  private Stream<Measure.Use> counted(DayScope words) {
    return uses.stream().filter(use -> isCounted(use.measure(), words));
  }

  private static boolean isCounted(Measure measure, DayScope words) {
    return measure.countedDays().filter(words::counts).isPresent();
  }

  /** Measures per day other than plain day counts: rows are grouped by customer and day first. */
  private Stream<PartialMeasures> ofDays(MeasuredRows units, DayScope words) {
    List<Measure> measures =
        uses.stream()
            .map(Measure.Use::measure)
            .filter(measure -> measure.per() == Per.DAY && !isCounted(measure, words))
            .distinct()
            .toList();
    if (measures.isEmpty()) {
      return Stream.of();
    }

    List<CompiledMeasure> contributing = new ArrayList<>(words.contributions(units.isUsed()));
    contributing.add(
        CompiledMeasure.of(USED, when(units.isUsed(), lit(1)), new PartialAggregate.Count()));
    GroupedPartials days =
        GroupedPartials.grouped(units.rows(), List.of(Columns.CUSTOMER_ID, DAY), contributing);
    Column isUsed = coalesce(col(USED + "__0"), lit(0L)).gt(0);
    List<PeriodMeasure> ofDays =
        measures.stream()
            .map(measure -> CompiledMeasure.of(measure, days.rows(), words.words(), money, isUsed))
            .flatMap(measure -> over(measure).stream())
            .toList();
    return Stream.of(PartialMeasures.of(days.rows(), ofDays));
  }

  private List<PeriodMeasure> over(CompiledMeasure measure) {
    return uses.stream()
        .filter(use -> use.measure().name().equals(measure.name()))
        .map(use -> measure.over(use.period(), use.column()))
        .toList();
  }
}
