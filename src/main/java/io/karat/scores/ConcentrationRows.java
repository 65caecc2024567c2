package io.karat.scores;

import static org.apache.spark.sql.functions.when;

import io.karat.ranks.Concentration;
import io.karat.ranks.Distributions;
import io.karat.ranks.ExactRatio;
import io.karat.ranks.RankQuery;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedColumn;
import io.karat.settings.RankedPopulation;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows of the concentration table: Lorenz curve and Gini coefficient of net sales over the
 * customers who bought or returned something in the window.
 */
final class ConcentrationRows {
  /** The columns of {@code customer_indicators} whose concentration is computed. */
  static final List<String> INDICATORS = List.of(ScorePlan.SALES, ScorePlan.LIFETIME_SALES);

  private static final int PLACES = 8;

  private ConcentrationRows() {}

  /** The rows of {@link LevelContracts#CONCENTRATION}; none without sales; starts jobs. */
  static List<Row> of(Dataset<Row> indicators, boolean hasSales) {
    if (!hasSales) {
      return List.of();
    }

    List<RankedColumn> columns = INDICATORS.stream().map(RankedColumn::of).toList();
    Column[] ofBuyers =
        INDICATORS.stream()
            .map(name -> when(isBuyer(name), Columns.column(name)).as(name))
            .toArray(Column[]::new);
    RankResults answers =
        Distributions.of(indicators.select(ofBuyers), columns)
            .answer(columns.stream().<RankQuery<?>>map(RankedColumn::concentration).toList());
    List<Row> rows = new ArrayList<>();
    columns.forEach(
        column -> rows.addAll(rows(column.value(), answers.to(column.concentration()))));
    return rows;
  }

  /** Whether a customer bought in the window of the indicator, or returned something. */
  private static Column isBuyer(String indicator) {
    Column bought =
        indicator.equals(ScorePlan.SALES)
            ? Columns.column(ScorePlan.SALES_COUNT).gt(0)
            : Columns.column(RankedPopulation.BOUGHT).isNotNull();
    return bought.or(Columns.column(indicator).notEqual(0));
  }

  private static List<Row> rows(String indicator, Concentration concentration) {
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
