package io.karat.prediction;

import io.karat.indicators.ExtraMeasure;
import io.karat.prediction.PredictionFit.PastInputs;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A firm whose customers buy at rates of their own until they leave, so that who bought lately and
 * often buys again. Measures and indicators are counted from its sales in plain Java.
 *
 * @param partitions of every frame, whose rows are in another order for another number
 * @param known an indicator of its own, {@code known}, of a customer's sales, later ones included,
 *     and a day
 */
record PastFirm(
    SparkSession spark,
    List<List<Sale>> customers,
    int partitions,
    BiFunction<List<Sale>, LocalDate, Double> known)
    implements PastInputs {
  static final LocalDate AS_OF = LocalDate.of(2026, 3, 1);

  /** Sale of a customer. */
  record Sale(LocalDate day, int amount) {}

  /**
   * Sales of customers for two years.
   *
   * @param size the number of customers
   */
  static List<List<Sale>> sales(int size) {
    Random chance = new Random(5);
    List<List<Sale>> customers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<Sale> own = new ArrayList<>();
      LocalDate day = AS_OF.minusDays(60 + chance.nextInt(670));
      double interval = 8 + 120 * chance.nextDouble() * chance.nextDouble();
      int usual = 10 + chance.nextInt(90);
      while (!day.isAfter(AS_OF) && (own.isEmpty() || chance.nextDouble() > 0.08)) {
        own.add(new Sale(day, usual + chance.nextInt(20)));
        day = day.plusDays(1 + (long) (-Math.log(1 - chance.nextDouble()) * interval));
      }
      customers.add(own);
    }
    return customers;
  }

  @Override
  public Dataset<Row> indicators(LocalDate day, List<String> names) {
    StructType schema = new StructType().add("customer_id", DataTypes.StringType);
    for (String name : names) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < customers.size(); i++) {
      List<Sale> all = customers.get(i);
      List<Sale> own = until(all, day);
      if (!own.isEmpty()) {
        List<Object> values = new ArrayList<>(List.of("c%05d".formatted(i)));
        names.forEach(name -> values.add(indicator(name, own, all, day)));
        rows.add(RowFactory.create(values.toArray()));
      }
    }
    return frame(rows, schema);
  }

  private Double indicator(String name, List<Sale> own, List<Sale> all, LocalDate day) {
    return switch (name) {
      case "recency_days" -> (double) days(own.get(own.size() - 1).day(), day);
      case "tenure_days" -> (double) days(own.get(0).day(), day);
      case "transaction_day_count_lifetime" -> (double) own.size();
      case "net_sales_amount_lifetime" -> (double) total(own);
      case "transaction_day_count_365d" ->
          (double) own.stream().filter(it -> it.day().isAfter(day.minusDays(365))).count();
      case "net_sales_amount_365d" ->
          own.stream()
              .filter(it -> it.day().isAfter(day.minusDays(365)))
              .mapToDouble(Sale::amount)
              .sum();
      default -> known.apply(all, day);
    };
  }

  @Override
  public Dataset<Row> measures(List<ExtraMeasure> measures) {
    StructType schema = new StructType().add("customer_id", DataTypes.StringType);
    for (ExtraMeasure measure : measures) {
      schema = schema.add(measure.column(), type(measure.measure()));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < customers.size(); i++) {
      Object[] values = new Object[measures.size() + 1];
      values[0] = "c%05d".formatted(i);
      for (int j = 0; j < measures.size(); j++) {
        ExtraMeasure measure = measures.get(j);
        values[j + 1] =
            value(measure.measure(), until(customers.get(i), AS_OF.minusDays(measure.daysBefore())))
                .orElse(null);
      }
      rows.add(RowFactory.create(values));
    }
    return frame(rows, schema);
  }

  private static DataType type(String measure) {
    return measure.endsWith("_count")
        ? DataTypes.LongType
        : measure.endsWith("_day") ? DataTypes.DateType : DataTypes.createDecimalType(18, 2);
  }

  private static Optional<Object> value(String measure, List<Sale> own) {
    return switch (measure) {
      case "sale_occasion_count", "sale_spend_day_count" -> Optional.of((long) own.size());
      case "first_sale_day" -> own.stream().findFirst().map(it -> Date.valueOf(it.day()));
      case "last_sale_day" ->
          own.stream().reduce((earlier, later) -> later).map(it -> Date.valueOf(it.day()));
      case "return_amount" -> Optional.of(BigDecimal.ZERO.setScale(2));
      case "first_sale_spend_amount" ->
          Optional.of(BigDecimal.valueOf(own.isEmpty() ? 0 : own.get(0).amount()).setScale(2));
      default -> Optional.of(BigDecimal.valueOf(total(own)).setScale(2));
    };
  }

  private Dataset<Row> frame(List<Row> rows, StructType schema) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(partitions));
    return spark.createDataFrame(shuffled, schema).repartition(partitions);
  }

  private static List<Sale> until(List<Sale> sales, LocalDate day) {
    return sales.stream().filter(it -> !it.day().isAfter(day)).toList();
  }

  private static long days(LocalDate from, LocalDate to) {
    return ChronoUnit.DAYS.between(from, to);
  }

  private static long total(List<Sale> sales) {
    return sales.stream().mapToLong(Sale::amount).sum();
  }
}
