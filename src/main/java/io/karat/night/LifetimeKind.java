package io.karat.night;

import static io.karat.settings.Translations.text;

import io.karat.lifetime.LifetimeFit;
import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.models.AgingModel;
import io.karat.models.Model;
import io.karat.models.ModelChoice;
import io.karat.models.ModelComparison;
import io.karat.models.ModelCustomers;
import io.karat.models.ModelKind;
import io.karat.models.NightModel;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Models of lifetime value as a kind.
 *
 * @param night the input of the night that is computed; without one, as the tables of a release do
 *     not hold the data to fit them, the transactions of its night are read again, in their present
 *     state
 */
public record LifetimeKind(NightPlan plan, Optional<NightInput> night) implements ModelKind {
  /** The kind for fits outside a night. */
  public static LifetimeKind of(NightPlan plan) {
    return new LifetimeKind(plan, Optional.empty());
  }

  @Override
  public String name() {
    return LifetimeModel.KIND;
  }

  /**
   * Uses the accepted model, or fits one if there is none or it is too old.
   *
   * @param customers one row per customer with the measures of the night
   */
  @Override
  public NightModel ofNight(
      ModelCustomers customers, List<Model> inForce, Optional<LocalDate> lastFit) {
    LifetimeSettings settings = scores().settings();
    Optional<ModelChoice<LifetimeModel>> choice =
        LifetimeModel.choice(inForce, settings, customers.asOf());
    List<BilingualText> remarks =
        choice
            .filter(ModelChoice::isTrainedLater)
            .map(it -> text("fit.later_model", it.model().trainedAsOf()))
            .stream()
            .toList();
    return new AgingModel(
            choice.map(it -> it.map(LifetimeModel::model)),
            settings.refitAfterDays(),
            settings.accept())
        .ofNight(customers.asOf(), lastFit, remarks, () -> attempt(customers));
  }

  private AgingModel.Fitted attempt(ModelCustomers customers) {
    LifetimeFit.Outcome fitted = fitted(customers);
    List<BilingualText> remarks = new ArrayList<>();
    fitted.reason().ifPresent(reason -> remarks.add(text("fit.unfitted", reason)));
    fitted.model().ifPresent(model -> remarks.addAll(model.notes()));
    return new AgingModel.Fitted(fitted.model().map(LifetimeModel::model), remarks);
  }

  @Override
  public Model fit(ModelCustomers customers) {
    LifetimeFit.Outcome fitted = fitted(customers);
    return fitted
        .model()
        .map(LifetimeModel::model)
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot fit lifetime: %s. Existing models stay as they are."
                        .formatted(fitted.reason().map(BilingualText::en).orElse(""))));
  }

  private LifetimeScores scores() {
    return plan.lifetime()
        .orElseThrow(
            () ->
                new UsageException(
                    "Cannot fit lifetime: 'lifetime_value' is switched off. Remove"
                        + " 'lifetime_value: false'."));
  }

  private LifetimeFit.Outcome fitted(ModelCustomers customers) {
    return night.map(input -> fitted(customers, input)).orElseGet(() -> fittedAgain(customers));
  }

  private LifetimeFit.Outcome fitted(ModelCustomers customers, NightInput input) {
    List<NightSource> sources = input.accounts().stream().map(InputAccount::source).toList();
    return LifetimeFit.of(
        scores().settings(),
        scores().money(),
        customers.asOf(),
        input.measures(),
        input.customers(),
        inputs(sources, customers));
  }

  private LifetimeFit.Outcome fittedAgain(ModelCustomers customers) {
    LifetimeScores scores = scores();
    SparkSession spark = customers.indicators().sparkSession();
    LifetimeInputs inputs = inputs(plan.sources(customers.asOf(), spark), customers);
    long count = customers.indicators().count();
    Dataset<Row> measures =
        inputs.measures(scores.measures()).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return LifetimeFit.of(
          scores.settings(), scores.money(), customers.asOf(), measures, count, inputs);
    } finally {
      measures.unpersist();
    }
  }

  private LifetimeInputs inputs(List<NightSource> sources, ModelCustomers customers) {
    return new LifetimeInputs(
        plan, sources, customers.asOf(), customers.indicators().sparkSession());
  }

  /** Compares parameters only: this model assigns no levels, so no customer moves. */
  @Override
  public ModelComparison compare(Model live, Model other, ModelCustomers customers) {
    return ModelComparison.ofNumbers(
        numbers(LifetimeModel.parse(live)), numbers(LifetimeModel.parse(other)));
  }

  private static Map<String, BigDecimal> numbers(LifetimeModel model) {
    Map<String, BigDecimal> numbers = new LinkedHashMap<>();
    add(
        model.purchase().form().word(),
        model.purchase().form().parameters(),
        model.purchase().parameters(),
        numbers);
    model
        .spend()
        .ifPresent(
            it ->
                add(
                    "%s on %s".formatted(it.model().family().word(), it.spending().word()),
                    it.model().family().parameters(),
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
