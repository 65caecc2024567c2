package io.karat.night;

import static org.apache.spark.sql.functions.col;

import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.quality.CheckResult;
import io.karat.scores.ValueTable;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.tables.TableContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Lifetime value of a night: the columns of the model in use, and the checks of that model.
 *
 * @param model the model in use; empty if none could be fitted
 */
public record NightLifetime(LifetimeScores scores, LocalDate asOf, Optional<LifetimeModel> model) {
  private static final String CUSTOMER = "customer_id";
  private static final String OWNER = "customer_id of lifetime";
  private static final int PLACES = 6;

  /**
   * Warns if the model is older than it should be and, on the night of its fit, if purchase
   * frequency and spend are correlated although the model assumes that they are independent.
   */
  Stream<CheckResult> checks() {
    return Stream.concat(age().map(this::isOld), correlation().map(this::isCorrelated));
  }

  /** The days since the fit of the model, if they are more than the settings allow. */
  private Stream<Long> age() {
    return model
        .map(it -> ChronoUnit.DAYS.between(it.trainedAsOf(), asOf))
        .filter(days -> days > scores.settings().refitAfterDays())
        .stream();
  }

  private Stream<Double> correlation() {
    return model
        .filter(it -> it.trainedAsOf().equals(asOf))
        .flatMap(LifetimeModel::spend)
        .filter(spend -> !spend.isIndependent())
        .map(LifetimeModel.Spend::correlation)
        .stream();
  }

  private CheckResult isOld(long age) {
    int limit = scores.settings().refitAfterDays();
    return warning(
        "model_age_days",
        BigDecimal.valueOf(age),
        BigDecimal.valueOf(limit),
        new BilingualText(
            "the model of lifetime value is %d days old, expected at most %d; see karat models compare lifetime."
                .formatted(age, limit),
            "终身价值模型已有 %d 天，至多应为 %d 天；见 karat models compare lifetime。".formatted(age, limit)));
  }

  private CheckResult isCorrelated(double correlation) {
    double limit = LifetimeModel.Spend.MOST_CORRELATION;
    return warning(
        "spend_frequency_correlation",
        new BigDecimal(correlation).setScale(PLACES, RoundingMode.HALF_EVEN),
        BigDecimal.valueOf(limit),
        new BilingualText(
            "how often customers come and what they spend on a day correlate by %.2f, expected at most %.2f either way: the model of spend takes them for independent, so look at its back-test before you rely on amounts."
                .formatted(correlation, limit),
            "客户来店频率与单日消费的相关系数为 %.2f，绝对值至多应为 %.2f：消费模型假定二者独立，使用金额前请查看其回测。"
                .formatted(correlation, limit)));
  }

  private static CheckResult warning(
      String metric, BigDecimal value, BigDecimal limit, BilingualText message) {
    return new CheckResult(
        LifetimeModel.KIND,
        ValueTable.NAME,
        metric,
        Optional.of(value),
        Optional.of(limit),
        false,
        Severity.WARN,
        message);
  }

  /** The measures with the sales that the model expects. */
  Dataset<Row> withExpectedSales(Dataset<Row> measures) {
    return scores.withExpectedSales(measures, model, asOf);
  }

  /** The rows of customer_value with the columns of the model. */
  Dataset<Row> joined(Dataset<Row> customerValue, Dataset<Row> measures) {
    Dataset<Row> rows = scores.rows(measures, model, asOf).withColumnRenamed(CUSTOMER, OWNER);
    return customerValue
        .join(rows, col(CUSTOMER).equalTo(col("`%s`".formatted(OWNER))), "left")
        .drop(OWNER);
  }

  /**
   * The contract of customer_value, with the columns of the lifetime value models if they are on.
   */
  public static TableContract contract(
      TableContract customerValue, Optional<LifetimeScores> scores) {
    return new TableContract(
        customerValue.name(),
        customerValue.meaning(),
        Stream.concat(
                customerValue.own().stream(), scores.stream().flatMap(it -> it.contract().stream()))
            .toList());
  }
}
