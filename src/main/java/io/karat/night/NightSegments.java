package io.karat.night;

import io.karat.quality.CheckResult;
import io.karat.scores.ScoreTables;
import io.karat.scores.State;
import io.karat.segments.CharacteristicProfiles;
import io.karat.segments.SegmentFigures;
import io.karat.segments.SegmentTables;
import io.karat.settings.BilingualText;
import io.karat.tables.TableContract;
import java.time.LocalDate;
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
 * @param nightBefore the latest earlier night
 */
record NightSegments(
    Optional<SegmentTables> tables,
    NightPlan plan,
    LocalDate asOf,
    Optional<LocalDate> nightBefore) {
  /** Adds the segments to scored customers; the same data frame if clustering is off. */
  Dataset<Row> assigned(Dataset<Row> customers) {
    return tables.isEmpty() ? customers : tables.get().assigned(customers, asOf);
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
   *
   * @param firstDay the first day with rows
   */
  Published published(ScoreTables scores, Optional<LocalDate> firstDay) {
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
    return new Published(
        rows, segments.drift(figures, plan.settings().checks(), asOf, nightBefore, firstDay));
  }

  private static Dataset<Row> frame(
      TableContract contract, List<Row> rows, Dataset<Row> customers) {
    return customers.sparkSession().createDataFrame(rows, contract.schema()).coalesce(1);
  }

  /** Rows of the tables, and checks for drift from the model. */
  record Published(Map<TableContract, Dataset<Row>> rows, List<CheckResult> drift) {}
}
