package io.karat.night;

import static io.karat.settings.Translations.text;

import io.karat.models.AgingModel;
import io.karat.models.Model;
import io.karat.models.ModelCandidate;
import io.karat.models.ModelChoice;
import io.karat.models.ModelComparison;
import io.karat.models.ModelCustomers;
import io.karat.models.ModelKind;
import io.karat.models.NightModel;
import io.karat.prediction.PredictionFit;
import io.karat.prediction.PredictionModel;
import io.karat.prediction.PredictionPlan;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.PredictionSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Models of prediction as a kind. A fit reads the inputs again, as they were known on earlier days.
 *
 * @param night the input of the night that is computed; without one, the sources of the night are
 *     taken in their present state
 */
public record PredictionKind(NightPlan plan, Optional<NightInput> night) implements ModelKind {
  /** The kind for fits outside a night. */
  public static PredictionKind of(NightPlan plan) {
    return new PredictionKind(plan, Optional.empty());
  }

  @Override
  public String name() {
    return PredictionModel.KIND;
  }

  /**
   * Uses the accepted model, or fits one if there is none for these settings or it is too old.
   *
   * @param customers any frame of the night; a fit reads the customers again
   */
  @Override
  public NightModel ofNight(
      ModelCustomers customers, List<Model> inForce, Optional<LocalDate> lastFit) {
    PredictionSettings settings = prediction().settings();
    Optional<ModelChoice<PredictionModel>> choice = choice(prediction(), inForce, customers.asOf());
    List<BilingualText> remarks =
        choice
            .filter(ModelChoice::isTrainedLater)
            .map(it -> text("prediction.later_model", it.model().trainedAsOf()))
            .stream()
            .toList();
    return new AgingModel(
            choice.map(it -> it.map(PredictionModel::model)),
            settings.refitAfterDays(),
            settings.accept())
        .ofNight(customers.asOf(), lastFit, remarks, () -> attempt(customers));
  }

  private AgingModel.Fitted attempt(ModelCustomers customers) {
    PredictionFit.Outcome fitted = fitted(customers);
    List<BilingualText> remarks = new ArrayList<>();
    fitted.reason().ifPresent(reason -> remarks.add(text("prediction.unfitted", reason)));
    fitted.model().ifPresent(model -> remarks.addAll(model.notes()));
    return new AgingModel.Fitted(fitted.model().map(PredictionModel::model), remarks);
  }

  /** Chooses among the accepted models for the same question, in order of precedence. */
  public static Optional<ModelChoice<PredictionModel>> choice(
      PredictionPlan plan, List<Model> inForce, LocalDate asOf) {
    return ModelChoice.of(
        inForce.stream().map(PredictionModel::parse).filter(model -> model.answers(plan)).toList(),
        PredictionModel::trainedAsOf,
        plan.settings().accept() == Accept.AUTO,
        asOf);
  }

  @Override
  public Model fit(ModelCustomers customers) {
    PredictionFit.Outcome fitted = fitted(customers);
    return fitted
        .model()
        .map(PredictionModel::model)
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot fit prediction: %s. Existing models stay as they are."
                        .formatted(fitted.reason().map(BilingualText::en).orElse(""))));
  }

  @Override
  public ModelCandidate candidate(ModelCustomers customers, Optional<Model> live) {
    Model model = fit(customers);
    return new ModelCandidate(
        model,
        PredictionModel.parse(model).notes().stream().map(BilingualText::en).toList(),
        false);
  }

  private PredictionPlan prediction() {
    return plan.prediction()
        .orElseThrow(
            () ->
                new UsageException(
                    "Cannot fit prediction: 'prediction' is switched off. Add 'prediction: {}'."));
  }

  private PredictionFit.Outcome fitted(ModelCustomers customers) {
    SparkSession spark = customers.indicators().sparkSession();
    List<NightSource> sources =
        night
            .map(it -> it.accounts().stream().map(InputAccount::source).toList())
            .orElseGet(() -> plan.sources(customers.asOf(), spark));
    return PredictionFit.of(
        prediction(),
        plan.money(),
        customers.asOf(),
        night.map(NightInput::customers).orElseGet(() -> customers.indicators().count()),
        new PredictionInputs(plan, sources, customers.asOf(), spark),
        spark);
  }

  /** Compares coefficients only: this model assigns no levels, so no customer moves. */
  @Override
  public ModelComparison compare(Model live, Model other, ModelCustomers customers) {
    return ModelComparison.ofNumbers(
        PredictionModel.parse(live).numbers(), PredictionModel.parse(other).numbers());
  }
}
