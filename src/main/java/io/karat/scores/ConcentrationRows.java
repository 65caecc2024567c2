package io.karat.scores;

import static org.apache.spark.sql.functions.when;

import io.karat.ranks.Concentration;
import io.karat.ranks.ExactRatio;
import io.karat.ranks.RankQuery;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedColumn;
import io.karat.ranks.RankedCustomers;
import io.karat.settings.RankedPopulation;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows of the concentration table: Lorenz curve and Gini coefficient of net sales over the
 * customers who bought or returned something in the window.
 */
public final class ConcentrationRows {
  /** The columns of {@code customer_indicators} whose concentration is computed. */
  static final List<String> INDICATORS = List.of(ScorePlan.SALES, ScorePlan.LIFETIME_SALES);

  private static final int PLACES = 8;

  private ConcentrationRows() {}

  /** What has to be ranked; nothing without sales. */
  static RankedCustomers ranked(boolean hasSales) {
    Map<String, Column> values = new LinkedHashMap<>();
    List<RankQuery<?>> queries = new ArrayList<>();
    if (hasSales) {
      for (String name : INDICATORS) {
        values.put(ofBuyers(name).value(), when(isBuyer(name), Columns.column(name)));
        queries.add(ofBuyers(name).concentration());
      }
    }
    return new RankedCustomers(values, queries);
  }

  /** The rows of {@link LevelContracts#CONCENTRATION}. */
  static List<Row> of(RankResults ranks) {
    List<Row> rows = new ArrayList<>();
    for (String name : INDICATORS) {
      rows.addAll(of(name, ranks.to(ofBuyers(name).concentration())));
    }
    return rows;
  }

  private static RankedColumn ofBuyers(String indicator) {
    return RankedColumn.of("concentrated " + indicator);
  }

  /** Whether a customer bought in the window of the indicator, or returned something. */
  private static Column isBuyer(String indicator) {
    Column bought =
        indicator.equals(ScorePlan.SALES)
            ? Columns.column(ScorePlan.SALES_COUNT).gt(0)
            : Columns.column(RankedPopulation.BOUGHT).isNotNull();
    return bought.or(Columns.column(indicator).notEqual(0));
  }

  /** The rows of one column. */
  public static List<Row> of(String indicator, Concentration concentration) {
    return concentration.curve().stream()
        .map(
            top ->
                RowFactory.create(
                    indicator,
                    top.percent(),
                    top.customers(),
                    LevelContracts.number(Optional.of(top.amount())).orElseThrow(),
                    decimal(top.share()).orElse(null),
                    decimal(concentration.gini()).orElse(null),
                    concentration.mostCustomers().orElse(null)))
        .toList();
  }

  private static Optional<BigDecimal> decimal(Optional<ExactRatio> ratio) {
    return ratio.map(it -> it.rounded(PLACES));
  }
}
