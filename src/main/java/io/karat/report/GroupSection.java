package io.karat.report;

import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import io.karat.groups.GroupMembers;
import io.karat.groups.GroupTable;
import io.karat.report.Section.View;
import io.karat.scores.ScorePlan;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Section on the largest groups of customers. Only where groups are followed. */
record GroupSection(ReportData brief) {
  private static final int MOST = 15;

  /** The groups with the largest net sales; none without sales. */
  static List<TableRow> largest(CustomerAggregates customers) throws IOException {
    boolean hasSales =
        customers.settings().hierarchy().isPresent()
            && customers.tables().tables().has(GroupTable.NAME)
            && CustomerAggregates.has(customers.frame(GroupTable.NAME), GroupTable.SALES);
    return hasSales
        ? customers.named(
            customers
                .frame(GroupTable.NAME)
                .filter(col(GroupMembers.CUSTOMERS).gt(1))
                .orderBy(desc(GroupTable.SALES), asc(GroupMembers.GROUP))
                .limit(MOST)
                .withColumn(Columns.CUSTOMER_ID, col(GroupMembers.GROUP))
                .collectAsList()
                .stream()
                .map(TableRow::of)
                .toList())
        : List.of();
  }

  Section section() {
    List<TableRow> groups = brief.table(GroupTable.NAME);
    return new Section(
        "groups",
        brief.say("group_section.title"),
        brief.say("group_section.about"),
        groups.isEmpty() ? List.of() : List.of(view(groups)),
        groups.isEmpty() ? List.of(brief.say("group_section.lacks")) : List.of());
  }

  private View view(List<TableRow> groups) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say(brief.hasIds() ? "head.group" : "head.number"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.levels"),
            "#" + brief.say("head.own"),
            "#" + brief.say("head.child"),
            "#" + brief.say("head.group_total"),
            "#" + brief.say("head.largest_member"));
    int number = 1;
    for (TableRow group : groups) {
      grid.row(
          brief.hasIds() ? brief.customer(group) : String.valueOf(number),
          brief.numbers().count(group.count(GroupMembers.CUSTOMERS)),
          brief.numbers().count(group.count("group_levels")),
          brief.numbers().money(group.amount("own_" + ScorePlan.SALES)),
          brief.numbers().money(group.amount("child_" + ScorePlan.SALES)),
          brief.numbers().money(group.amount(GroupTable.SALES)),
          group.number("largest_member_share").map(brief.numbers()::percent).orElse(""));
      number++;
    }
    BigDecimal sales = TableRow.sum(groups, GroupTable.SALES);
    Optional<BigDecimal> all = brief.sum(ScorePlan.SALES);
    List<String> sentences = new ArrayList<>();
    sentences.add(
        brief.say(
            "group_section.says",
            brief.voice().counted("group_section.count", groups.size()),
            brief.voice().customers(TableRow.sum(groups, GroupMembers.CUSTOMERS).longValue()),
            all.flatMap(total -> ReportData.share(sales, total))
                .map(brief.numbers()::percent)
                .orElse(brief.say("unknown"))));
    if (brief.hasIds()) {
      TableRow largest = groups.get(0);
      sentences.add(
          brief.say(
              "group_section.largest",
              brief.customer(largest),
              brief.numbers().wholeMoney(largest.amount(GroupTable.SALES))));
    }
    String says = brief.voice().sentences(sentences);
    return View.of("groups-largest", brief.say("group_section.groups"), says, GroupTable.NAME)
        .with(grid.open());
  }
}
