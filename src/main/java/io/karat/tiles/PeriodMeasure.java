package io.karat.tiles;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.karat.tiles.Accumulation.Merge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * A measure over the days of a period: parts per customer that merge, and the result.
 *
 * @param column what the result is called
 */
record PeriodMeasure(CompiledMeasure measure, Period period, String column) {
  /**
   * A number of a customer that merges with others of its kind.
   *
   * @param name of its column
   */
  record Part(String name, Merge merge) {
    Column merged() {
      return merge.of(col(name)).as(name);
    }
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    List<String> names = measure.partNames();
    for (int i = 0; i < names.size(); i++) {
      parts.add(
          new Part(names.get(i) + "__" + period.suffix(), measure.accumulation().merges().get(i)));
    }
    return parts;
  }

  /** The parts, put together from rows that have the contributions of the measure. */
  List<Column> aggregates(Column day) {
    List<Column> aggregates = new ArrayList<>();
    List<Part> parts = parts();
    for (int i = 0; i < parts.size(); i++) {
      Column contribution = when(period.contains(day), col(measure.partNames().get(i)));
      aggregates.add(parts.get(i).merge().of(contribution).as(parts.get(i).name()));
    }
    return aggregates;
  }

  /** The result of merged parts. */
  Column result() {
    return measure.accumulation().result(parts().stream().map(part -> col(part.name())).toList());
  }
}
