package io.karat.segments;

import static java.util.stream.Collectors.joining;

import io.karat.run.UsageException;
import io.karat.settings.Clustering.AssignBy;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;

/**
 * Segments as a pipeline of Spark ML, for rows with the columns of {@code customer_indicators}: the
 * coordinates of the features, their vector, k-means with its {@code prediction}, and the {@code
 * segment_id} of whoever is in no segment yet, without the hysteresis of nights.
 */
public record SegmentPipeline(SegmentPlan plan, SegmentModel model) {
  private static final String PREFIX = "karat_coordinate_";

  /**
   * Makes the pipeline, whose stages are named by the model.
   *
   * @throws UsageException if customers are assigned by rules, or there are no segments
   */
  public PipelineModel pipeline() {
    if (plan.settings().assignBy() == AssignBy.RULES || model.segments().isEmpty()) {
      throw new UsageException(
          "Cannot export segments %s: customers are assigned by %s, expected nearest centres. Set 'clustering.assign_by: centroids'."
              .formatted(model.model().id(), model.segments().isEmpty() ? "no segments" : "rules"));
    }

    String name = "karat_segments_" + model.model().id();
    List<String> inputs = new ArrayList<>();
    List<String> coordinates = new ArrayList<>();
    for (int f = 0; f < model.features().size(); f++) {
      inputs.add(PREFIX + f);
      coordinates.add("%s AS %s%d".formatted(model.features().get(f).coordinateSql(), PREFIX, f));
    }
    return new PipelineModel(
        name,
        List.of(
            new SQLTransformer(name + "_coordinates")
                .setStatement(
                    "SELECT *, %s FROM __THIS__".formatted(String.join(", ", coordinates))),
            new VectorAssembler(name + "_features")
                .setInputCols(inputs.toArray(String[]::new))
                .setOutputCol("features"),
            new KMeansModel(
                name + "_centres",
                new org.apache.spark.mllib.clustering.KMeansModel(
                    model.segments().stream().map(SegmentPipeline::centre).toArray(Vector[]::new))),
            new SQLTransformer(name + "_ids").setStatement(ids())));
  }

  private static Vector centre(Segment segment) {
    return Vectors.dense(
        segment.centre().stream().mapToDouble(it -> (double) it / Feature.UNIT).toArray());
  }

  private String ids() {
    String unknown =
        model.featureNames().stream()
            .map("`%s` IS NULL"::formatted)
            .collect(joining(" OR ", "WHEN ", " THEN '%s'".formatted(Segment.UNKNOWN)));
    StringBuilder ids = new StringBuilder(unknown);
    for (int j = 0; j < model.segments().size(); j++) {
      ids.append(" WHEN prediction = %d THEN '%s'".formatted(j, model.segments().get(j).id()));
    }
    return "SELECT *, CASE %s END AS segment_id FROM __THIS__".formatted(ids);
  }
}
