package io.karat.report;

import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.expr;

import io.karat.tables.Columns;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Names of the largest customers of findings that are not about a reason, such as those who were
 * gained: at most three each, by net sales, out of those whom the query of the finding lists.
 */
record FindingNames(CustomerAggregates customers) {
  private static final String OF_VALUES = "SELECT * FROM customer_value WHERE ";
  private static final String OF_INDICATORS = "SELECT * FROM customer_indicators ";

  /** The finding with its customers, if it has none yet. */
  Finding named(Finding finding) throws IOException {
    boolean isListed =
        finding.list().startsWith(OF_VALUES) || finding.list().startsWith(OF_INDICATORS);
    if (!isListed || !finding.ids().isEmpty() || finding.code().equals(FindingSearch.NET_SALES)) {
      return finding;
    }

    List<TableRow> largest = largest(finding.list());
    return finding.naming(
        largest.stream().map(it -> it.word(Columns.CUSTOMER_ID)).toList(),
        largest.stream()
            .map(it -> it.text(KeyAccountReasons.DISPLAY_NAME).orElse(it.word(Columns.CUSTOMER_ID)))
            .toList());
  }

  private List<TableRow> largest(String list) throws IOException {
    Dataset<Row> all = customers.frame(ReleaseTables.INDICATORS);
    if (list.startsWith(OF_VALUES)) {
      all =
          all.join(
              customers
                  .frame(ReleaseTables.VALUES)
                  .filter(expr(list.substring(OF_VALUES.length())))
                  .select(Columns.CUSTOMER_ID),
              Columns.CUSTOMER_ID);
    }
    String sales = CustomerAggregates.windowed("net_sales_amount", customers.settings());
    if (!CustomerAggregates.has(all, sales)) {
      return List.of();
    }

    if (!list.startsWith(OF_VALUES)) {
      // Of all customers, those without sales are not among the largest.
      all = all.filter(Columns.column(sales).gt(0));
    }
    Dataset<Row> indicators = all;
    Column[] shown =
        List.of(Columns.CUSTOMER_ID, KeyAccountReasons.DISPLAY_NAME).stream()
            .filter(it -> CustomerAggregates.has(indicators, it))
            .map(Columns::column)
            .toArray(Column[]::new);
    return indicators
        .orderBy(Columns.column(sales).desc_nulls_last(), asc(Columns.CUSTOMER_ID))
        .limit(Finding.NAMED)
        .select(shown)
        .collectAsList()
        .stream()
        .map(TableRow::of)
        .toList();
  }
}
