package io.karat.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.report.Section.View;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Section on the provenance of the numbers: run, models, inputs, and indicators left out. */
record ProvenanceSection(ReportData brief) {
  Section section() {
    HtmlTable.Builder grid = HtmlTable.of(brief.say("head.what"), brief.say("head.value"));
    grid.row(brief.say("run.id"), brief.runId());
    grid.row(brief.say("run.as_of"), brief.asOf().toString());
    grid.row(brief.say("run.time_zone"), brief.settings().timeZone().getId());
    grid.row(
        brief.say("run.windows"),
        String.join(
            brief.say("comma"),
            brief.settings().indicators().windows().stream().map(brief.voice()::window).toList()));
    for (Map.Entry<String, JsonNode> model : brief.run().path("models").properties()) {
      grid.row(
          brief.say("run.model", brief.voice().named("kind", model.getKey())),
          brief.say(
              "run.model_of",
              model.getValue().path("id").asText(),
              brief.voice().named("origin", model.getValue().path("origin").asText())));
    }
    for (TableRow run : brief.table("runs")) {
      if (run.word(Columns.RUN_ID).equals(brief.runId())) {
        grid.row(brief.say("run.code"), run.word("karat_code"));
        grid.row(brief.say("run.settings"), run.word("settings_digest"));
        grid.row(brief.say("run.spark"), run.word("spark_version"));
      }
    }
    for (Map.Entry<String, JsonNode> input : brief.run().path("inputs").properties()) {
      grid.row(
          brief.say("run.input", input.getKey()),
          brief.voice().counted("run.files", input.getValue().path("files").asLong()));
    }
    return new Section(
        "run",
        brief.say("run.title"),
        brief.say("run.about"),
        List.of(
            View.of(
                    "run",
                    brief.say("run.title"),
                    brief.say("run.says", brief.runId()),
                    "runs",
                    "dictionary")
                .with(grid.open())),
        switchedOff());
  }

  /** The indicators that are switched off, by missing input. */
  private List<String> switchedOff() {
    SortedSet<String> inputs = new TreeSet<>();
    brief.run().path("switched_off").properties().forEach(it -> inputs.add(it.getValue().asText()));
    List<String> lines = new ArrayList<>();
    for (String input : inputs) {
      List<String> indicators =
          brief.run().path("switched_off").properties().stream()
              .filter(it -> it.getValue().asText().equals(input))
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      lines.add(brief.say("run.off", input, String.join(brief.say("comma"), indicators)));
    }
    return lines;
  }
}
