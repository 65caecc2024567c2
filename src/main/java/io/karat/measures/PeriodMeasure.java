package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.karat.measures.PartialAggregate.Merge;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A measure over the days of a period: mergeable parts per customer, and the result.
 *
 * @param column the name of the result
 */
record PeriodMeasure(CompiledMeasure measure, Period period, String column) {
  /**
   * A column of partial aggregates, one value per customer.
   *
   * @param name the name of the column
   * @param merged the aggregate that merges it over the rows of a customer
   */
  record Part(String name, Column merged) {
    /** A part that is merged independently of others. */
    static Part of(String name, Merge merge) {
      return new Part(name, merge.of(col(name)).as(name));
    }
  }

  List<Part> parts() {
    List<String> names = partNames();
    List<Column> merged =
        measure.accumulation().merged(names.stream().map(functions::col).toList());
    return IntStream.range(0, names.size())
        .mapToObj(part -> new Part(names.get(part), merged.get(part).as(names.get(part))))
        .toList();
  }

  /** The parts, aggregated from rows with the contributions of the measure. */
  List<Column> aggregates(Column day) {
    List<String> names = partNames();
    List<Column> contributions =
        measure.partNames().stream().map(part -> when(period.contains(day), col(part))).toList();
    List<Column> merged = measure.accumulation().merged(contributions);
    return IntStream.range(0, names.size())
        .mapToObj(part -> merged.get(part).as(names.get(part)))
        .toList();
  }

  List<String> partNames() {
    return measure.partNames().stream().map(part -> part + "__" + period.suffix()).toList();
  }

  /** The result of merged parts. */
  Column result() {
    return measure.accumulation().result(partNames().stream().map(functions::col).toList());
  }
}
