package io.karat.groups;

import static io.karat.settings.Translations.text;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.karat.indicators.IndicatorColumn;
import io.karat.quality.CheckResult;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.settings.HierarchySettings;
import io.karat.settings.HierarchySettings.OnCycle;
import io.karat.tables.Columns;
import io.karat.tables.ExactSum;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Checks of groups: of the chains of parents, and that the sums of groups are those of customers.
 */
public record GroupChecks(GroupPlan plan) {
  private static final String HIERARCHY = "hierarchy";
  private static final String INDICATORS = "customer_indicators";

  /** The checks of chains: circles, levels, and parents whom no row names. */
  public List<CheckResult> chains(GroupMembers members) {
    HierarchySettings settings = plan.settings();
    long circling = members.chains().circling();
    int deepest = members.chains().deepest();
    return List.of(
        result(
            "cycles",
            circling,
            Optional.of(0L),
            settings.onCycle() == OnCycle.CUT ? Severity.WARN : Severity.ERROR,
            circling == 0
                ? text("check.hierarchy.no_cycles")
                : text("check.hierarchy.cycles", circling)),
        result(
            "levels",
            deepest,
            Optional.of((long) settings.levels()),
            Severity.ERROR,
            text("check.hierarchy.levels", deepest, settings.levels())),
        result(
            "missing_parents",
            members.missing(),
            Optional.empty(),
            Severity.WARN,
            text("check.hierarchy.missing_parents", members.missing())));
  }

  private static CheckResult result(
      String metric, long value, Optional<Long> limit, Severity severity, BilingualText message) {
    return new CheckResult(
        HIERARCHY,
        INDICATORS,
        metric,
        Optional.of(BigDecimal.valueOf(value)),
        limit.map(BigDecimal::valueOf),
        limit.map(most -> value <= most).orElse(true),
        severity,
        message);
  }

  /**
   * The check that each sum over groups is that over customers; starts jobs. A sum that is unknown
   * for somebody is not compared.
   *
   * @param groups the rows of {@code customer_groups}
   * @param customers the rows of {@code customer_indicators}
   */
  public CheckResult total(Dataset<Row> groups, Dataset<Row> customers) {
    List<String> sums =
        plan.figures().stream().filter(GroupPlan::isSum).map(IndicatorColumn::name).toList();
    Row ofCustomers = sums(customers, sums);
    Row ofGroups = sums(groups, sums.stream().map(name -> "total_" + name).toList());
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < sums.size(); i++) {
      int at = 1 + 3 * i;
      if (ofCustomers.getLong(at) == ofCustomers.getLong(0)) {
        compared++;
        BigDecimal all = ExactSum.of(customers.schema(), sums.get(i)).of(ofCustomers, at + 1);
        BigDecimal grouped =
            ExactSum.of(groups.schema(), "total_" + sums.get(i)).of(ofGroups, at + 1);
        if (all.compareTo(grouped) != 0) {
          different.add(sums.get(i));
        }
      }
    }
    return new CheckResult(
        "group_total",
        GroupTable.NAME,
        "different_sums",
        Optional.of(BigDecimal.valueOf(different.size())),
        Optional.of(BigDecimal.ZERO),
        different.isEmpty(),
        Severity.ERROR,
        different.isEmpty()
            ? text("check.group_total.met", compared)
            : text("check.group_total", String.join(", ", different)));
  }

  /**
   * The number of rows, and of each column the number of known values and the halves of its sum.
   */
  private static Row sums(Dataset<Row> rows, List<String> names) {
    List<Column> sums = new ArrayList<>();
    for (String name : names) {
      sums.add(count(Columns.column(name)));
      sums.addAll(ExactSum.of(rows.schema(), name).halves());
    }
    return rows.agg(count(lit(1)), sums.toArray(Column[]::new)).first();
  }
}
