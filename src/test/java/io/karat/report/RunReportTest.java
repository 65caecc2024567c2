package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.publishing.UsedModel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {
  @Test
  void namesTheModelsThatTheTablesWereMadeWith() {
    RunReport report = new RunReport("run", "2026-03-02T12:00:00Z");
    report.models(
        Map.of(
            "segments", new UsedModel("0a1b2c3d4e5f", UsedModel.Origin.FIRST_RUN),
            "cuts", new UsedModel("5b4b1fb51004", UsedModel.Origin.ACCEPTED)));

    assertEquals(
        """
        {
          "format" : 1,
          "command" : "run",
          "started_at" : "2026-03-02T12:00:00Z",
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
        report.json());
  }
}
