package io.karat.groups;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorFormula;
import io.karat.indicators.IndicatorPlan;
import io.karat.measures.Measure;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Indicators of several customers together, computed from their merged measures: sums, counts,
 * least and greatest values. An indicator with a measure that does not merge over customers, such
 * as different days or products, is left out.
 */
record MergedIndicators(IndicatorPlan plan, LocalDate asOf) {
  private static final String WHO = "who";

  /** The columns among some that can be merged, in the same order. */
  static List<IndicatorColumn> mergeable(
      IndicatorPlan plan, List<IndicatorColumn> columns, LocalDate asOf) {
    return plan.only(columns).formulas(asOf).stream()
        .filter(MergedIndicators::isMergeable)
        .map(IndicatorFormula::column)
        .toList();
  }

  private static boolean isMergeable(IndicatorFormula formula) {
    return !formula.uses().isEmpty()
        && formula.uses().stream()
            .map(Measure.Use::measure)
            .allMatch(MergedIndicators::isMergeable);
  }

  private static boolean isMergeable(Measure measure) {
    boolean isOfOneCustomer = measure.per() == Per.ROW || measure.per() == Per.TRANSACTION;
    return measure.table() != MeasureSource.CUSTOMERS
        && switch (measure.aggregate()) {
          case COUNT, SUM, MIN, MAX -> isOfOneCustomer;
          case COUNT_DISTINCT, MONTHS, FIRST, FIRST_MONTH, TWO_LARGEST, LARGEST -> false;
        };
  }

  /**
   * One row per group and role: {@code customer_id}, a struct of both, and the columns of the plan.
   *
   * @param members measures of customers with their groups
   */
  Dataset<Row> of(Dataset<Row> members) {
    Column isTop = col(GroupMembers.GROUP).equalTo(col(Columns.CUSTOMER_ID));
    Column roles =
        explode(
            array(
                who(lit(Role.TOTAL.name())),
                who(when(isTop, Role.OWN.name()).otherwise(Role.CHILD.name()))));
    Set<Measure.Use> uses = new LinkedHashSet<>(plan.uses(asOf));
    List<Column> measures = new ArrayList<>(List.of(roles.as(WHO)));
    uses.forEach(use -> measures.add(Columns.column(use.column())));
    List<Column> merged = new ArrayList<>();
    uses.forEach(use -> merged.add(merged(use).as(use.column())));
    Dataset<Row> groups =
        members
            .select(measures.toArray(Column[]::new))
            .groupBy(WHO)
            .agg(merged.get(0), merged.subList(1, merged.size()).toArray(Column[]::new));
    return plan.compute(groups.withColumnRenamed(WHO, Columns.CUSTOMER_ID), asOf);
  }

  private static Column who(Column role) {
    return struct(col(GroupMembers.GROUP).as("group"), role.as("role"));
  }

  private static Column merged(Measure.Use use) {
    Column value = Columns.column(use.column());
    return switch (use.measure().aggregate()) {
      case MIN -> min(value);
      case MAX -> max(value);
      case COUNT, SUM, COUNT_DISTINCT, MONTHS, FIRST, FIRST_MONTH, TWO_LARGEST, LARGEST ->
          sum(value);
    };
  }
}
