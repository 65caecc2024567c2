package io.karat.scores;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.RankedPopulation;
import io.karat.tables.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Conditions on the customers whom models rank. */
final class Populations {
  /** Whether a customer is a key customer; not published. */
  static final String IS_KEY = "is key customer";

  private Populations() {}

  /** Whether a customer is ranked. */
  static Column isRanked(RankedPopulation population) {
    return switch (population) {
      case BUYERS -> Columns.column(RankedPopulation.BOUGHT).isNotNull();
      case EVERYBODY -> lit(true);
      case KEY_CUSTOMERS -> Columns.column(IS_KEY);
    };
  }

  /** The column of an indicator for the customers who are ranked, null for others. */
  static String column(RankedPopulation population, String indicator) {
    return switch (population) {
      case BUYERS -> "buyers' " + indicator;
      case EVERYBODY -> indicator;
      case KEY_CUSTOMERS -> "key customers' " + indicator;
    };
  }

  /** Adds the columns that some definitions rank. */
  static Dataset<Row> added(Dataset<Row> customers, List<CutDefinition> lessons) {
    Map<String, Column> added = new LinkedHashMap<>();
    lessons.stream()
        .filter(lesson -> !lesson.ranked().equals(lesson.column()))
        .forEach(
            lesson ->
                added.put(
                    lesson.ranked(),
                    when(isRanked(lesson.population()), Columns.column(lesson.column()))));
    return Columns.with(customers, added);
  }
}
