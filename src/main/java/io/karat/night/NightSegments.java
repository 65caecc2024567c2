package io.karat.night;

import io.karat.quality.CheckResult;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedCustomers;
import io.karat.scores.ScoreTables;
import io.karat.scores.State;
import io.karat.segments.CharacteristicProfiles;
import io.karat.segments.SegmentFigures;
import io.karat.segments.SegmentTables;
import io.karat.settings.BilingualText;
import java.time.LocalDate;
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

  /** What the tables of segments need to have ranked. */
  RankedCustomers ranked() {
    return tables.map(SegmentTables::ranked).orElse(new RankedCustomers(Map.of(), List.of()));
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
   * @param ranks the answers to {@link #ranked}, maybe among others
   * @param firstDay the first day with rows
   */
  Published published(
      ScoreTables scores, Optional<RankResults> ranks, Optional<LocalDate> firstDay) {
    if (tables.isEmpty()) {
      return new Published(List.of(), List.of(), Optional.empty(), List.of());
    }

    Dataset<Row> customers = scores.scored();
    SegmentTables segments = tables.get();
    SegmentFigures figures = segments.figures(customers, ranks.orElseThrow());
    List<Row> profiles = segments.profiles(figures);
    List<String> characteristics = plan.scores().characteristics();
    return new Published(
        segments.segments(figures),
        profiles,
        characteristics.isEmpty()
            ? Optional.empty()
            : Optional.of(
                customers
                    .sparkSession()
                    .createDataFrame(profiles, SegmentTables.PROFILES.schema())
                    .coalesce(1)
                    .unionByName(
                        new CharacteristicProfiles(segments, figures)
                            .rows(customers, characteristics))),
        segments.drift(figures, plan.settings().checks(), asOf, nightBefore, firstDay));
  }

  /**
   * Rows of the tables, and checks for drift from the model.
   *
   * @param profiles the profiles of numbers
   * @param characteristics the same and those of characteristics; empty if there are none
   */
  record Published(
      List<Row> segments,
      List<Row> profiles,
      Optional<Dataset<Row>> characteristics,
      List<CheckResult> drift) {}
}
