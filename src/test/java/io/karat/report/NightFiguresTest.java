package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.movement.MovementResult;
import io.karat.movement.MovementTables;
import io.karat.report.NightFigures.Level;
import io.karat.report.NightFigures.Since;
import io.karat.scores.LevelContracts;
import io.karat.tables.TableContract;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class NightFiguresTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private static final List<Row> TIERS =
      List.of(tier("TOP", 1, 4), tier("MIDDLE", 2, 6), tier("REST", 3, 9));

  /**
   * Three customers rose to TOP, one rose to MIDDLE and three fell to it; moves over 30 days do not
   * count.
   */
  @Test
  void whoComesFromALowerLevelRoseAndWhoComesFromAHigherOneFell() {
    NightFigures figures =
        NightFigures.of(
            19,
            TIERS,
            moved(
                way(1, "worth_tier", "MIDDLE", "TOP", 2),
                way(1, "worth_tier", "REST", "TOP", 1),
                way(1, "worth_tier", "TOP", "TOP", 1),
                way(1, "worth_tier", "TOP", "MIDDLE", 3),
                way(1, "worth_tier", "REST", "MIDDLE", 1),
                way(1, "worth_tier", "never_seen", "REST", 2),
                way(1, "worth_tier", "unknown", "REST", 4),
                way(1, "worth_tier", "TOP", "left", 5),
                way(1, "lifecycle", "never_seen", "NEW", 2),
                way(30, "worth_tier", "REST", "TOP", 100)));

    assertEquals(
        List.of(
            new Level("worth_tier", "TOP", 4, 3, 0),
            new Level("worth_tier", "MIDDLE", 6, 1, 3),
            new Level("worth_tier", "REST", 9, 0, 0)),
        figures.levels());
    assertEquals(Optional.of(new Since(LocalDate.parse("2026-03-01"), 2, 5)), figures.since());
  }

  @Test
  void withoutANightBeforeNobodyMoved() {
    NightFigures figures = NightFigures.of(19, TIERS, MovementResult.none());

    assertEquals(new Level("worth_tier", "TOP", 4, 0, 0), figures.levels().get(0));
    assertEquals(Optional.empty(), figures.since());
  }

  @Test
  void theReportOfARunGivesThemBack() {
    NightFigures compared =
        NightFigures.of(19, TIERS, moved(way(1, "worth_tier", "MIDDLE", "TOP", 2)));
    NightFigures alone = NightFigures.of(19, List.of(), MovementResult.none());
    for (NightFigures figures : List.of(compared, alone)) {
      RunRecord record = new RunRecord("run", NOON);
      record.update(facts -> facts.withFigures(figures, List.of()));

      assertEquals(Optional.of(figures), NightFigures.ofReport(record.report().json()));
    }
  }

  @Test
  void theReportOfAnEarlierVersionHasNone() {
    assertEquals(
        Optional.empty(), NightFigures.ofReport(new RunRecord("run", NOON).report().json()));
  }

  private static MovementResult moved(Row... ways) {
    return new MovementResult(
        List.of(ways),
        List.of(),
        new TreeMap<>(Map.of(1, LocalDate.parse("2026-03-01"))),
        0,
        List.of(),
        List.of());
  }

  private static Row tier(String tier, int position, long customers) {
    return row(
        LevelContracts.TIERS,
        Map.of(
            "model", "worth_tier",
            "tier", tier,
            "position", position,
            "customer_count", customers));
  }

  private static Row way(int days, String model, String from, String to, long customers) {
    return row(
        MovementTables.TRANSITIONS,
        Map.of(
            "period_days", days,
            "model", model,
            "from_state", from,
            "to_state", to,
            "customer_count", customers));
  }

  /** A row of a table in which only some cells matter. */
  private static Row row(TableContract table, Map<String, Object> cells) {
    return RowFactory.create(
        Stream.of(table.schema().fieldNames()).map(cells::get).toArray(Object[]::new));
  }
}
