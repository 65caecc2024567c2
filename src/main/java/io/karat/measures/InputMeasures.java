package io.karat.measures;

import io.karat.input.InputRows;
import io.karat.settings.MeasureSource;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.List;

/** The measures of one input per customer, with the tally of its rows. */
final class InputMeasures {
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
    MeasuredInput measured = new MeasuredInput(input, money, measures, asOf);
    EventMeasures events = new EventMeasures(DayScope.of(table, money), money, uses, asOf);
    List<PartialMeasures> parts = new ArrayList<>();
    if (table == MeasureSource.CUSTOMERS) {
      MeasuredRows customers = measured.units();
      parts.add(PartialMeasures.of(customers.rows(), direct(customers)));
    } else if (input.isLines()) {
      parts.add(events.ofLines(measured.lines()));
    } else {
      parts.add(events.ofRows(measured.units()));
    }
    parts.addAll(new DistinctValues(input, uses, money, asOf).perCustomer());
    return parts;
  }

  /** Customers have no days: their measures cover all that is known. */
  private List<PeriodMeasure> direct(MeasuredRows units) {
    List<PeriodMeasure> direct = new ArrayList<>();
    units.tally().forEach(tally -> direct.add(tally.over(asOf, tally.name())));
    units.measures().forEach(measure -> direct.addAll(over(measure)));
    return direct;
  }

  private List<PeriodMeasure> over(CompiledMeasure measure) {
    return uses.stream()
        .filter(use -> use.measure().name().equals(measure.name()))
        .map(use -> measure.over(use.period(), use.column()))
        .toList();
  }
}
