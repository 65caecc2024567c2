package io.karat.explain;

import io.karat.models.Model;
import io.karat.night.NightPlan;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.scores.ScoreColumns;
import io.karat.segments.SegmentExplanation;
import io.karat.segments.SegmentExplanation.Before;
import io.karat.segments.SegmentModel;
import io.karat.segments.SegmentPlan;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Source of segment explanations: the model of a night, and the segments of the night before. */
record ExplainedSegments(NightPlan plan, OutputFolder output) {
  /**
   * Explains a row of customer_indicators; empty if clustering is off or no model is fitted yet.
   *
   * @param history what {@link NightBefore} has of the customer
   */
  Optional<SegmentExplanation> of(Row indicators, Optional<Dataset<Row>> history, LocalDate asOf)
      throws IOException {
    Optional<SegmentPlan> segments = SegmentPlan.of(plan.scores());
    Commit head = output.head();
    Optional<String> id = model(asOf, head);
    if (segments.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }

    Model model = output.models().read(SegmentModel.KIND, id.get());
    return SegmentExplanation.of(
        segments.get(), SegmentModel.parse(model), indicators, before(history, asOf));
  }

  /** The id of the model: that of the night's recorded run, or else the one a run would use. */
  private static Optional<String> model(LocalDate asOf, Commit head) {
    Stream<String> used =
        Optional.ofNullable(head.nights().get(asOf)).stream()
            .flatMap(night -> head.release(night.runId()).stream())
            .map(Release::models)
            .flatMap(models -> Optional.ofNullable(models.get(SegmentModel.KIND)).stream())
            .map(UsedModel::id);
    return Stream.concat(used, head.liveModels(SegmentModel.KIND, asOf).stream()).findFirst();
  }

  private static Optional<Before> before(Optional<Dataset<Row>> history, LocalDate asOf) {
    return history
        .filter(rows -> Arrays.asList(rows.columns()).contains(ScoreColumns.SEGMENT_ID))
        .flatMap(
            rows ->
                rows
                    .select(
                        ScoreColumns.SEGMENT_ID,
                        ScoreColumns.SEGMENT_SINCE,
                        ScoreColumns.SEGMENT_LEFT)
                    .takeAsList(1)
                    .stream()
                    .filter(row -> !row.isNullAt(0) && !row.isNullAt(1))
                    .map(row -> before(row, asOf))
                    .findFirst());
  }

  private static Before before(Row row, LocalDate asOf) {
    return Before.of(
        row.getString(0),
        row.getDate(1).toLocalDate(),
        Optional.ofNullable(row.getString(2)),
        asOf);
  }
}
