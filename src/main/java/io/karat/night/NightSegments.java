package io.karat.night;

import io.karat.models.Model;
import io.karat.publishing.Staging;
import io.karat.quality.CheckResult;
import io.karat.run.Run;
import io.karat.scores.ScoreTables;
import io.karat.scores.State;
import io.karat.segments.CharacteristicProfiles;
import io.karat.segments.SegmentFigures;
import io.karat.segments.SegmentFitting;
import io.karat.segments.SegmentModel;
import io.karat.segments.SegmentPlan;
import io.karat.segments.SegmentTables;
import io.karat.settings.BilingualText;
import io.karat.tables.TableContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Segments of one night.
 *
 * @param tables empty if clustering is off
 */
record NightSegments(Optional<SegmentTables> tables, NightPlan plan, Run run) {
  /** Takes the segment model in use, or fits one on the night's customers. */
  static NightSegments of(NightPlan plan, Run run, Dataset<Row> indicators, Staging staging)
      throws IOException {
    Optional<SegmentPlan> segments = SegmentPlan.of(plan.scores());
    if (segments.isEmpty()) {
      return new NightSegments(Optional.empty(), plan, run);
    }

    List<SegmentModel> live = new ArrayList<>();
    for (Model model : staging.liveModels(SegmentModel.KIND)) {
      live.add(SegmentModel.parse(model.text(), model.name()));
    }
    SegmentModel model = SegmentFitting.fit(segments.get(), indicators, run.asOf(), live);
    staging.use(model.model());
    return new NightSegments(Optional.of(new SegmentTables(segments.get(), model)), plan, run);
  }

  /** Adds the segments to scored customers; the same data frame if clustering is off. */
  Dataset<Row> assigned(Dataset<Row> customers) {
    return tables.isEmpty() ? customers : tables.get().assigned(customers, run.asOf());
  }

  /** The column of segments; empty if clustering is off. */
  Optional<State> state() {
    return tables.map(SegmentTables::state);
  }

  /** The names of segments by id. */
  Map<String, BilingualText> names() {
    return tables.map(SegmentTables::names).orElse(Map.of());
  }

  /**
   * The rows of the tables of segments, empty if clustering is off, and the checks for drift from
   * the model; starts jobs.
   */
  Published published(ScoreTables scores) {
    Dataset<Row> customers = scores.scored();
    Map<TableContract, Dataset<Row>> rows = new LinkedHashMap<>();
    if (tables.isEmpty()) {
      rows.put(SegmentTables.SEGMENTS, frame(SegmentTables.SEGMENTS, List.of(), customers));
      rows.put(SegmentTables.PROFILES, frame(SegmentTables.PROFILES, List.of(), customers));
      return new Published(rows, List.of());
    }

    SegmentTables segments = tables.get();
    SegmentFigures figures = segments.figures(customers);
    Dataset<Row> profiles = frame(SegmentTables.PROFILES, segments.profiles(figures), customers);
    List<String> characteristics = plan.scores().characteristics();
    rows.put(
        SegmentTables.SEGMENTS,
        frame(SegmentTables.SEGMENTS, segments.segments(figures), customers));
    rows.put(
        SegmentTables.PROFILES,
        characteristics.isEmpty()
            ? profiles
            : profiles.unionByName(
                new CharacteristicProfiles(segments, figures).rows(customers, characteristics)));
    return new Published(rows, segments.drift(figures));
  }

  private static Dataset<Row> frame(
      TableContract contract, List<Row> rows, Dataset<Row> customers) {
    return customers.sparkSession().createDataFrame(rows, contract.schema()).coalesce(1);
  }

  /** Rows of the tables, and checks for drift from the model. */
  record Published(Map<TableContract, Dataset<Row>> rows, List<CheckResult> drift) {}
}
