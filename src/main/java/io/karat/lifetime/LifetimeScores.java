package io.karat.lifetime;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.karat.indicators.ExtraMeasure;
import io.karat.indicators.IndicatorPlan;
import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.Translations;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.Money;
import io.karat.tables.TableDefinitions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The columns of {@code customer_value} from a model of lifetime value. */
public record LifetimeScores(LifetimeSettings settings, Money money) {
  public static final String REPEATS = "repeats";
  public static final String LAST_DAYS = "last_days";
  public static final String AGE_DAYS = "age_days";

  private static final String VALUES = "_values";
  private static final int OF_A_HORIZON = 4;
  private static final double DAYS_IN_YEAR = 365;
  private static final SpendModel NO_SPEND = new KnownMean(SpendFamily.EQUAL_MEANS, 1);

  /** The measures that the columns are computed from. */
  public List<ExtraMeasure> measures() {
    return purchases().measures();
  }

  private PurchaseColumns purchases() {
    return new PurchaseColumns(settings.occasion(), 0);
  }

  /** The contracts of the columns, in their order. */
  public List<ColumnContract> columns() {
    boolean isContractual = settings.isContractual();
    List<ColumnContract> columns =
        new ArrayList<>(
            TableDefinitions.part(
                "lifetime", Map.of("alive", text(isContractual ? "runs" : "alive"))));
    String percent =
        settings.annualDiscount().movePointRight(2).stripTrailingZeros().toPlainString();
    BilingualText sales = Translations.text(Translations.key("sales", settings.occasion()));
    for (int days : settings.horizonDays()) {
      columns.addAll(
          TableDefinitions.part(
              "lifetime_horizon",
              Map.of(
                  "days",
                  days,
                  "chance",
                  text(isContractual ? "chance_to_run" : "chance_to_buy", Map.of("days", days)),
                  "percent",
                  percent,
                  "money_scale",
                  money.scale(),
                  "sales",
                  sales.en(),
                  "sales_zh",
                  sales.zh())));
    }
    if (isContractual) {
      columns.addAll(
          TableDefinitions.part(
              "lifetime_contract",
              Map.of("percent", percent, "money_scale", money.scale(), "sales", sales)));
    }
    return columns;
  }

  private static BilingualText text(String name) {
    return text(name, Map.of());
  }

  private static BilingualText text(String name, Map<String, ?> arguments) {
    return TableDefinitions.text(name, arguments);
  }

  /** Adds the sales that the model expects in the first horizon; null without a model of spend. */
  public Dataset<Row> withExpectedSales(
      Dataset<Row> measures, Optional<LifetimeModel> model, LocalDate asOf) {
    Optional<LifetimeModel> withSpend = model.filter(it -> it.spend().isPresent());
    Column expected =
        withSpend
            .map(it -> values(it, asOf, true).getItem(0))
            .orElse(lit(null).cast(DataTypes.DoubleType));
    return measures.withColumn(IndicatorPlan.EXPECTED_BY_MODEL, amount(expected));
  }

  /**
   * One row per customer: {@code customer_id} and the columns of the contract, null without a
   * model.
   */
  public Dataset<Row> rows(Dataset<Row> measures, Optional<LifetimeModel> model, LocalDate asOf) {
    Column values =
        model
            .map(it -> values(it, asOf, false))
            .orElse(lit(null).cast(DataTypes.createArrayType(DataTypes.DoubleType)));
    boolean hasSpend = model.flatMap(LifetimeModel::spend).isPresent();
    List<Column> columns = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID)));
    List<ColumnContract> contract = columns();
    columns.add(number(col(VALUES).getItem(0)).as(contract.get(0).name()));
    int horizons = OF_A_HORIZON * settings.horizonDays().size();
    for (int i = 1; i < contract.size(); i++) {
      Column value = col(VALUES).getItem(i);
      // The probability and the purchases of a horizon come before its two amounts, the renewals
      // of contracts before their value.
      boolean isNumber =
          i > horizons ? i == horizons + 1 : i % OF_A_HORIZON == 1 || i % OF_A_HORIZON == 2;
      Column amount = hasSpend ? amount(value) : lit(null).cast(money.amountType());
      columns.add((isNumber ? number(value) : amount).as(contract.get(i).name()));
    }
    return measures
        .select(col(Columns.CUSTOMER_ID), values.as(VALUES))
        .select(columns.toArray(Column[]::new));
  }

  /**
   * The history of customers with an occasion, as the model uses it, and the columns of the
   * contract.
   */
  public Dataset<Row> explained(Dataset<Row> measures, LifetimeModel model, LocalDate asOf) {
    PurchaseColumns columns = purchases();
    return measures
        .filter(columns.isBuyer())
        .select(
            col(Columns.CUSTOMER_ID),
            columns.repeats().as(REPEATS),
            columns.lastDays().as(LAST_DAYS),
            columns.ageDays(asOf).as(AGE_DAYS))
        .join(rows(measures, Optional.of(model), asOf), Columns.CUSTOMER_ID);
  }

  private Column values(LifetimeModel model, LocalDate asOf, boolean isBrief) {
    PurchaseColumns columns = purchases();
    LifetimeModel.Spend spend =
        model.spend().orElse(new LifetimeModel.Spend(SpendBasis.ALL, NO_SPEND, 0));
    boolean isOfRepeats = spend.spending() == SpendBasis.REPEATS;
    double discount = Math.log1p(settings.annualDiscount().doubleValue()) / DAYS_IN_YEAR;
    LifetimeScore score =
        new LifetimeScore(
            model.purchase(),
            spend.model(),
            settings.horizonDays(),
            discount,
            ResidualRenewals.of(model.purchase(), discount),
            isBrief);
    Column values =
        udf(score, DataTypes.createArrayType(DataTypes.DoubleType))
            .apply(
                columns.repeats(),
                columns.lastDays(),
                columns.ageDays(asOf),
                isOfRepeats ? columns.repeatSpendDays() : columns.spendDays(),
                isOfRepeats ? columns.repeatSpend() : columns.spend());
    return when(columns.isBuyer(), values);
  }

  private static Column number(Column value) {
    return value.try_cast(DecimalTypes.RATIO);
  }

  /** An amount, rounded to six decimals first, as every double is. */
  private Column amount(Column value) {
    return value.try_cast(DecimalTypes.NUMBER).try_cast(money.amountType());
  }
}
