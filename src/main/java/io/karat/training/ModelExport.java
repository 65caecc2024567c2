package io.karat.training;

import io.karat.models.Model;
import io.karat.night.NightPlan;
import io.karat.prediction.PredictionModel;
import io.karat.prediction.PredictionPipeline;
import io.karat.publishing.Commit;
import io.karat.publishing.ModelStore;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.UsedModel;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.segments.SegmentModel;
import io.karat.segments.SegmentPipeline;
import io.karat.segments.SegmentPlan;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;

/** Export of models as pipelines of Spark ML, which any Spark job loads. */
public record ModelExport(NightPlan plan, OutputFolder output) {

  /**
   * Writes a model as a pipeline.
   *
   * @param kind its kind
   * @param typed its id, or {@value ModelStore#LATEST}; empty for the one that the live release was
   *     made with
   * @param folder where the pipeline is written; it must not be there yet
   * @return the model
   * @throws UsageException if models of the kind are no pipelines, or the folder is there
   * @throws RefusedException if the live release was made without such a model
   */
  public Model write(String kind, Optional<String> typed, String folder) throws IOException {
    Model model =
        typed.isPresent() ? output.models().find(kind, typed.get()) : live(kind, output.head());
    PipelineModel pipeline = pipeline(model);
    try {
      pipeline.save(folder);
    } catch (IOException exists) {
      throw new UsageException(
          "Cannot export %s to '%s': %s. Give a folder that is not there yet with --to."
              .formatted(model.name(), folder, exists.getMessage()),
          exists);
    }
    return model;
  }

  private Model live(String kind, Commit head) throws IOException {
    Optional<UsedModel> used =
        head.isNone()
            ? Optional.empty()
            : head.release(head.live()).map(it -> it.models().get(kind));
    return output
        .models()
        .read(
            kind,
            used.orElseThrow(
                    () ->
                        new RefusedException(
                            "Cannot export %s: the live release does not use a model of this kind. Run a night with it first, or give an id."
                                .formatted(kind)))
                .id());
  }

  private PipelineModel pipeline(Model model) {
    return switch (model.kind()) {
      case PredictionModel.KIND ->
          plan.prediction()
              .map(it -> new PredictionPipeline(it, PredictionModel.parse(model)).pipeline())
              .orElseThrow(() -> off(model, "prediction"));
      case SegmentModel.KIND ->
          SegmentPlan.of(plan.scores())
              .map(it -> new SegmentPipeline(it, SegmentModel.parse(model)).pipeline())
              .orElseThrow(() -> off(model, "clustering"));
      default ->
          throw new UsageException(
              "Models of %s are no pipelines of Spark ML: expected segments or prediction."
                  .formatted(model.kind()));
    };
  }

  private static UsageException off(Model model, String key) {
    return new UsageException(
        "Cannot export %s: '%s' is switched off. Configure it as the nights that use the model."
            .formatted(model.name(), key));
  }
}
