package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.publishing.Release;
import io.karat.publishing.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusCommandTest {
  @Test
  void showsReleasesAcceptedModelsAndUnfinishedRuns() {
    LocalDate night = LocalDate.parse("2026-03-01");
    Instant noon = Instant.parse("2026-03-02T12:00:00Z");
    Status status =
        new Status(
            List.of(
                new Status.ReleaseLine("a", night, false, false, false, noon, 1_200),
                new Status.ReleaseLine("b", night, false, true, true, noon, 1_201),
                new Status.ReleaseLine("c", night, false, false, true, noon, 1_202),
                new Status.ReleaseLine("d", night.plusDays(1), true, false, true, noon, 1_203)),
            List.of(
                new Status.StagedLine("e", "releases/e/7-0a1b2c3d", Optional.empty(), false),
                new Status.StagedLine("f", "releases/f/8-0a1b2c3d", Optional.of(night), true),
                new Status.StagedLine("g", "releases/g/6-0a1b2c3d", Optional.of(night), false)),
            new TreeMap<>(Map.of("cuts", "5b4b1fb51004")),
            List.of("commits/7.json.bak", "notes.txt"),
            Optional.empty());
    Transcript transcript = new Transcript(false);

    StatusCommand.show(status, "out", transcript.console());

    assertEquals(
        """
        night       run  state                 customers  published
        ----------  ---  --------------------  ---------  --------------------
        2026-03-01  a    deleted by retention      1,200  2026-03-02T12:00:00Z
        2026-03-01  b    withdrawn                 1,201  2026-03-02T12:00:00Z
        2026-03-01  c    kept                      1,202  2026-03-02T12:00:00Z
        2026-03-02  d    live                      1,203  2026-03-02T12:00:00Z
        Accepted: cuts 5b4b1fb51004.
        Run e is staged and not complete: releases/e/7-0a1b2c3d. The next published night removes it.
        Run f is staged and complete: 'karat publish f' finishes it.
        Run g is staged and was overtaken: releases/g/6-0a1b2c3d. The next published night removes it.
        Not Karat's, and passed over: commits/7.json.bak, notes.txt.
        No lock is held.
        """,
        transcript.results());
  }

  @Test
  void listsTheTablesThatReadersSee() {
    Release release =
        new Release(
            "d",
            LocalDate.parse("2026-03-02"),
            "releases/d/9-0a1b2c3d",
            false,
            true,
            Instant.parse("2026-03-02T12:00:00Z"),
            new TreeMap<>(
                Map.of(
                    "customer_value", new Release.Table(1_203, Optional.of("0a1b")),
                    "runs", new Release.Table(4, Optional.empty()))),
            new TreeMap<>());
    Transcript transcript = new Transcript(false);

    StatusCommand.showTables(release, transcript.console());

    assertEquals(
        """
        table            rows  content hash
        --------------  -----  ------------
        customer_value  1,203  0a1b
        runs                4
        """,
        transcript.results());
  }
}
