package io.karat.training;

import io.karat.lifetime.LifetimeFit;
import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.lifetime.SpendModel;
import io.karat.models.Model;
import io.karat.models.ModelComparison;
import io.karat.models.ModelKind;
import io.karat.models.ReleasedCustomers;
import io.karat.night.LifetimeInputs;
import io.karat.night.NightPlan;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Models of lifetime value as a kind. The tables of a release do not hold the data to fit them, so
 * the transactions of its night are read again, in their present state.
 */
public record LifetimeKind(NightPlan plan) implements ModelKind {
  @Override
  public String name() {
    return LifetimeModel.KIND;
  }

  @Override
  public Model fit(ReleasedCustomers customers) {
    LifetimeScores scores =
        plan.lifetime()
            .orElseThrow(
                () ->
                    new UsageException(
                        "Cannot fit lifetime: 'lifetime_value' is switched off. Remove"
                            + " 'lifetime_value: false'."));
    SparkSession spark = customers.indicators().sparkSession();
    LifetimeInputs inputs =
        new LifetimeInputs(
            plan,
            plan.sources(customers.asOf(), spark.sparkContext().hadoopConfiguration()),
            customers.asOf(),
            spark);
    long count = customers.indicators().count();
    Dataset<Row> measures =
        inputs.measures(scores.measures()).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      LifetimeFit.Outcome fitted =
          LifetimeFit.of(scores.settings(), customers.asOf(), measures, count, inputs);
      return fitted
          .model()
          .map(LifetimeModel::model)
          .orElseThrow(
              () ->
                  new RefusedException(
                      "Cannot fit lifetime: %s. The models there are stay as they are."
                          .formatted(fitted.reason().map(BilingualText::en).orElse(""))));
    } finally {
      measures.unpersist();
    }
  }

  /** Compares parameters only: this model assigns no levels, so no customer moves. */
  @Override
  public ModelComparison compare(Model live, Model other, ReleasedCustomers customers) {
    Map<String, BigDecimal> ofLive = numbers(LifetimeModel.parse(live));
    Map<String, BigDecimal> ofOther = numbers(LifetimeModel.parse(other));
    Set<String> names = new LinkedHashSet<>(ofLive.keySet());
    names.addAll(ofOther.keySet());
    return new ModelComparison(
        names.stream()
            .map(
                name ->
                    new ModelComparison.Cut(
                        name,
                        Optional.ofNullable(ofLive.get(name)),
                        Optional.ofNullable(ofOther.get(name))))
            .toList(),
        List.of());
  }

  private static Map<String, BigDecimal> numbers(LifetimeModel model) {
    Map<String, BigDecimal> numbers = new LinkedHashMap<>();
    add(
        model.purchase().family().word(),
        model.purchase().family().parameters(),
        model.purchase().parameters(),
        numbers);
    model
        .spend()
        .ifPresent(
            it ->
                add(
                    "gammagamma on %s".formatted(it.spending().word()),
                    SpendModel.PARAMETERS,
                    it.model().parameters(),
                    numbers));
    return numbers;
  }

  private static void add(
      String model, List<String> names, List<Double> values, Map<String, BigDecimal> numbers) {
    for (int i = 0; i < names.size(); i++) {
      numbers.put("%s %s".formatted(model, names.get(i)), BigDecimal.valueOf(values.get(i)));
    }
  }
}
