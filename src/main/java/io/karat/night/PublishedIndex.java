package io.karat.night;

import io.karat.publishing.Commit;
import io.karat.publishing.HistoryNight;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.report.HtmlReport;
import io.karat.report.KeptFigures;
import io.karat.report.NightIndex;
import io.karat.run.KaratException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Index of the nights of an output folder, written anew after each change of what is published. No
 * command fails because of it.
 */
public record PublishedIndex(NightPlan plan, OutputFolder output) {
  /**
   * Writes the page, unless reports are switched off or nothing is published.
   *
   * @return why it could not be written, as a sentence; empty if it was
   */
  public Optional<String> write() {
    if (plan.settings().output().report().isEmpty()) {
      return Optional.empty();
    }

    try {
      Commit head = output.head();
      if (!head.isNone()) {
        output.index(new NightIndex(plan.settings(), plan.scores(), nights(head)).html());
      }
      return Optional.empty();
    } catch (IOException | KaratException refused) {
      return Optional.of(
          "%s, the list of all nights, could not be written (%s). The next night writes it."
              .formatted(NightIndex.FILE, reason(refused)));
    }
  }

  private static String reason(Exception refused) {
    return refused instanceof IOException problem
        ? OutputFolder.reason(problem)
        : String.valueOf(refused.getMessage());
  }

  private List<NightIndex.Night> nights(Commit head) throws IOException {
    List<HistoryNight> all = output.history().nights(head);
    List<NightIndex.Night> nights = new ArrayList<>();
    for (HistoryNight night :
        all.subList(Math.max(0, all.size() - NightIndex.MOST_NIGHTS), all.size())) {
      nights.add(
          new NightIndex.Night(
              night.asOf(),
              night.runId(),
              night.rows(),
              night.runId().equals(head.live()),
              report(head.release(night.runId())),
              night.kept(KeptFigures.FILE).flatMap(KeptFigures::parse)));
    }
    return nights;
  }

  private Optional<String> report(Optional<Release> release) throws IOException {
    return release.isPresent() && release.get().retained()
        ? output.find(release.get(), HtmlReport.FILE)
        : Optional.empty();
  }
}
