package io.karat.night;

import io.karat.groups.GroupChecks;
import io.karat.groups.GroupMembers;
import io.karat.groups.GroupPlan;
import io.karat.groups.GroupTable;
import io.karat.quality.CheckResult;
import io.karat.ranks.Concentration;
import io.karat.ranks.Distributions;
import io.karat.ranks.RankQuery;
import io.karat.ranks.RankedColumn;
import io.karat.scores.ConcentrationRows;
import io.karat.scores.ScoreTables;
import io.karat.tables.ColumnContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Groups of the customers of a night. */
record NightGroups(Night night, ReadInputs read, GroupPlan plan, GroupMembers members) {
  static final String MERGED = "_groups";

  /**
   * Follows the parents of customers, if groups are configured; starts jobs.
   *
   * @throws io.karat.run.InputException if too many customers have a parent
   */
  static Optional<NightGroups> of(Night night, ReadInputs read) {
    return night
        .plan()
        .groups()
        .map(
            plan -> {
              night.begin(GroupTable.NAME);
              GroupMembers members =
                  read.input()
                      .groups()
                      .orElseGet(
                          () ->
                              GroupMembers.of(
                                  read.indicators(), plan.parent().name(), read.input().aliases()));
              return new NightGroups(night, read, plan, members);
            });
  }

  /** The columns that groups add to customer_value. */
  static List<ColumnContract> columns(Optional<NightGroups> groups) {
    return groups.isPresent() ? GroupMembers.columns() : List.of();
  }

  /** Adds the groups to customers. */
  Dataset<Row> added(Dataset<Row> customers) {
    return members.added(customers);
  }

  /**
   * Tables and checks of groups.
   *
   * @param concentration of net sales over groups
   */
  record Written(List<Row> concentration, List<CheckResult> checks) {
    Written {
      concentration = List.copyOf(concentration);
      checks = List.copyOf(checks);
    }
  }

  /** Writes customer_groups, unless groups are the customers themselves. */
  Written written(ScoreTables scores) {
    GroupChecks checks = new GroupChecks(plan);
    if (plan.areCustomers()) {
      return new Written(List.of(), checks.chains(members));
    }

    night.begin(GroupTable.NAME);
    GroupTable table = night.plan().groupTable().orElseThrow();
    NightTables tables = night.tables();
    Dataset<Row> merged =
        tables.save(
            table.merged(
                read.input().measures(), members, night.plan().indicators(), night.run().asOf()),
            night.staging().table(MERGED),
            NightTables.WITHOUT_DICTIONARY);
    Dataset<Row> groups =
        tables.write(table.contract(), table.rows(merged, scores.scored(), scores.cuts()));
    List<CheckResult> results = new ArrayList<>(checks.chains(members));
    results.add(checks.total(groups, read.indicators()));
    night.job().progress().done(GroupTable.NAME);
    return new Written(concentration(groups), results);
  }

  /** None where sales are not known. */
  private List<Row> concentration(Dataset<Row> groups) {
    if (!List.of(groups.columns()).contains(GroupTable.SALES)) {
      return List.of();
    }
    RankQuery<Concentration> sales = RankedColumn.of(GroupTable.SALES).concentration();
    return ConcentrationRows.of(
        GroupTable.SALES,
        Distributions.of(groups, List.of(RankedColumn.of(GroupTable.SALES)))
            .answer(List.of(sales))
            .to(sales));
  }
}
