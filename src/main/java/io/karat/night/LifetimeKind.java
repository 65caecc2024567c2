package io.karat.night;

import static io.karat.settings.Translations.text;

import io.karat.lifetime.LifetimeChoice;
import io.karat.lifetime.LifetimeFit;
import io.karat.lifetime.LifetimeModel;
import io.karat.lifetime.LifetimeScores;
import io.karat.models.Model;
import io.karat.models.ModelComparison;
import io.karat.models.ModelCustomers;
import io.karat.models.ModelKind;
import io.karat.models.NightModel;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.LifetimeSettings.Accept;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
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
    LocalDate asOf = customers.asOf();
    Optional<LifetimeChoice> choice = LifetimeChoice.of(inForce, settings, asOf);
    Optional<Model> chosen = choice.map(it -> it.model().model());
    List<BilingualText> remarks = new ArrayList<>();
    choice.filter(LifetimeChoice::isTrainedLater).ifPresent(it -> remarks.add(isTrainedLater(it)));
    if (choice.isPresent() && !isRefit(choice.get(), lastFit, asOf)) {
      return new NightModel(chosen, Optional.empty(), remarks);
    }

    LifetimeFit.Outcome fitted = fitted(customers);
    fitted.reason().ifPresent(reason -> remarks.add(unfitted(reason)));
    fitted.model().ifPresent(model -> remarks.addAll(model.notes()));
    Optional<Model> model = fitted.model().map(LifetimeModel::model);
    return choice.isEmpty() || settings.accept() == Accept.AUTO
        ? new NightModel(model.or(() -> chosen), Optional.empty(), remarks)
        : new NightModel(chosen, model, remarks);
  }

  /** Whether the model is too old and no recent fit waits to be accepted. */
  private boolean isRefit(LifetimeChoice choice, Optional<LocalDate> lastFit, LocalDate asOf) {
    LifetimeSettings settings = scores().settings();
    LocalDate latest = asOf.minusDays(settings.refitAfterDays() + 1L);
    boolean isWaiting =
        settings.accept() == Accept.MANUAL && lastFit.filter(it -> it.isAfter(latest)).isPresent();
    return choice.ageDays() > settings.refitAfterDays() && !isWaiting;
  }

  private static BilingualText isTrainedLater(LifetimeChoice choice) {
    return text("fit.later_model", choice.model().trainedAsOf());
  }

  private static BilingualText unfitted(BilingualText reason) {
    return text("fit.unfitted", reason);
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
      return LifetimeFit.of(scores.settings(), customers.asOf(), measures, count, inputs);
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
