package io.karat.lifetime;

import io.karat.indicators.ExtraMeasure;
import io.karat.settings.LifetimeSettings.Occasion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * A forecast of purchases by BG/NBD, fitted to what was known on an earlier day, as a challenger of
 * other predictions.
 */
public final class PurchaseForecast {
  private static final List<String> NAMES =
      List.of("repeats", "last", "age", "days", "total", "repeat_days", "repeat_total");

  private final double[] chances;
  private final Optional<double[]> amounts;

  private PurchaseForecast(double[] chances, Optional<double[]> amounts) {
    this.chances = chances;
    this.amounts = amounts;
  }

  /** The probability of a purchase for each customer; 0 of whoever never bought. */
  public double[] chances() {
    return chances.clone();
  }

  /** The expected sales of each customer; empty without a model of spend. */
  public Optional<double[]> amounts() {
    return amounts.map(double[]::clone);
  }

  /**
   * The measures that it is made of.
   *
   * @param daysBefore the number of days from that day to the as-of day
   */
  public static List<ExtraMeasure> measures(int daysBefore) {
    return new PurchaseColumns(Occasion.SALE, daysBefore).measures();
  }

  /** The names of the numbers of a customer. */
  public static List<String> names() {
    return NAMES;
  }

  /** The numbers of a customer by name, computed from the measures; null without a purchase. */
  public static Map<String, Column> numbers(int daysBefore, LocalDate asOf) {
    Column[] all = FitData.all(new PurchaseColumns(Occasion.SALE, daysBefore), asOf);
    Map<String, Column> numbers = new LinkedHashMap<>();
    for (int i = 0; i < all.length; i++) {
      numbers.put(NAMES.get(i), all[i]);
    }
    return numbers;
  }

  /**
   * Fits the model and applies it to the same customers.
   *
   * @param numbers those of all customers by name, in one order; NaN where null
   * @return empty if the model has no fit
   */
  public static Optional<PurchaseForecast> of(Map<String, double[]> numbers, int horizonDays) {
    List<double[]> columns = NAMES.stream().map(numbers::get).toList();
    int size = columns.get(0).length;
    List<Optional<CustomerPurchases>> customers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      customers.add(customer(columns, i));
    }
    List<CustomerPurchases> buyers = customers.stream().flatMap(Optional::stream).toList();
    if (buyers.isEmpty()) {
      return Optional.empty();
    }

    PurchaseFit fit = PurchaseFit.of(PurchaseFamily.BGNBD, FitData.of(buyers).histories());
    Optional<SpendFit> spend =
        SpendFit.of(buyers.stream().flatMap(it -> SpendBasis.ALL.spend(it).stream()).toList());
    return fit.isFound()
        ? Optional.of(of(fit.model(), spend.map(SpendFit::model), customers, horizonDays))
        : Optional.empty();
  }

  private static Optional<CustomerPurchases> customer(List<double[]> columns, int i) {
    if (Double.isNaN(columns.get(2)[i]) || columns.get(0)[i] < 0) {
      return Optional.empty();
    }

    return Optional.of(
        new CustomerPurchases(
            new PurchaseHistory((long) columns.get(0)[i], columns.get(1)[i], columns.get(2)[i]),
            (long) columns.get(3)[i],
            columns.get(4)[i],
            (long) columns.get(5)[i],
            columns.get(6)[i]));
  }

  private static PurchaseForecast of(
      PurchaseModel model,
      Optional<SpendModel> spend,
      List<Optional<CustomerPurchases>> customers,
      int horizonDays) {
    double[] chances = new double[customers.size()];
    double[] amounts = new double[customers.size()];
    for (int i = 0; i < chances.length; i++) {
      Optional<CustomerPurchases> buyer = customers.get(i);
      if (buyer.isPresent()) {
        PurchaseHistory history = buyer.get().history();
        chances[i] = model.purchaseProbability(history, horizonDays);
        double expected = model.expected(history, horizonDays);
        amounts[i] =
            spend
                .map(
                    it ->
                        expected
                            * it.expectedMean(
                                (double) SpendBasis.ALL.days(buyer.get()),
                                SpendBasis.ALL.total(buyer.get())))
                .orElse(0.0);
      }
    }
    return new PurchaseForecast(chances, spend.map(it -> amounts));
  }
}
