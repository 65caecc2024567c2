package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.run.ExitCode;
import io.karat.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunReportTest {
  @Test
  void namesTheModelsThatTheTablesWereMadeWith() {
    RunRecord record = new RunRecord("run", Instant.parse("2026-03-02T12:00:00Z"));
    record.update(
        facts ->
            facts.withTables(
                new TreeMap<>(Map.of("tiers", new Release.Table(4, Optional.of("0f")))),
                new TreeMap<>(
                    Map.of(
                        "segments", new UsedModel("0a1b2c3d4e5f", UsedModel.Origin.FIRST_RUN),
                        "cuts", new UsedModel("5b4b1fb51004", UsedModel.Origin.ACCEPTED)))));

    assertEquals(
        """
        {
          "format" : 1,
          "command" : "run",
          "started_at" : "2026-03-02T12:00:00Z",
          "tables" : {
            "tiers" : {
              "rows" : 4,
              "content_hash" : "0f"
            }
          },
          "models" : {
            "cuts" : {
              "id" : "5b4b1fb51004",
              "origin" : "accepted"
            },
            "segments" : {
              "id" : "0a1b2c3d4e5f",
              "origin" : "first run"
            }
          }
        }
        """,
        record.report().json());
  }

  @Test
  void aRunThatFailedSaysWhatItKnew() {
    RunRecord record = new RunRecord("run", Instant.parse("2026-03-02T12:00:00Z"));
    record.add(new RunReport.Stage("read inputs", 1.2345, OptionalLong.of(7)));
    record.update(facts -> facts.ofRun(new Run("3f9c", LocalDate.parse("2026-03-01"))));

    assertEquals(
        """
        {
          "format" : 1,
          "command" : "run",
          "started_at" : "2026-03-02T12:00:00Z",
          "run_id" : "3f9c",
          "as_of_date" : "2026-03-01",
          "stages" : [ {
            "name" : "read inputs",
            "seconds" : 1.235,
            "rows" : 7
          } ],
          "status" : "failed",
          "exit_code" : 3,
          "message" : "Path is missing.",
          "seconds" : 2.0
        }
        """,
        record.report(new RunReport.End("failed", ExitCode.INPUT, "Path is missing.", 2)).json());
  }
}
