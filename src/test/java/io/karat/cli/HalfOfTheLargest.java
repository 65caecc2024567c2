package io.karat.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.karat.models.Model;
import io.karat.models.ModelComparison;
import io.karat.models.ModelCustomers;
import io.karat.models.ModelKind;
import io.karat.models.NightModel;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Kind of model in which customers who buy at least half as much as the largest are LARGE, the
 * others SMALL.
 */
record HalfOfTheLargest() implements ModelKind {
  static Model model(int from) {
    return new Model("cuts", "{\"large_from\" : %d}\n".formatted(from));
  }

  @Override
  public String name() {
    return "cuts";
  }

  @Override
  public NightModel ofNight(
      ModelCustomers customers, List<Model> inForce, Optional<LocalDate> lastFit) {
    return NightModel.of(inForce.isEmpty() ? fit(customers) : inForce.get(0));
  }

  @Override
  public Model fit(ModelCustomers customers) {
    return model(customers.indicators().agg(max("sales")).first().getInt(0) / 2);
  }

  @Override
  public ModelComparison compare(Model live, Model other, ModelCustomers customers) {
    int before = from(live);
    int after = from(other);
    long smaller =
        customers.indicators().filter(col("sales").geq(before).and(col("sales").lt(after))).count();
    return new ModelComparison(
        List.of(
            new ModelComparison.Cut(
                "large from",
                Optional.of(BigDecimal.valueOf(before)),
                Optional.of(BigDecimal.valueOf(after)))),
        smaller == 0
            ? List.of()
            : List.of(new ModelComparison.Move("size", "LARGE", "SMALL", smaller)));
  }

  private static int from(Model model) {
    return Integer.parseInt(model.text().replaceAll("\\D", ""));
  }
}
