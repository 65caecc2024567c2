package io.karat.night;

import io.karat.publishing.Commit;
import io.karat.publishing.Release;
import io.karat.run.CodeFingerprint;
import io.karat.run.Run;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Identity of a night: everything that can change its tables, as a run id. */
final class RunIdentity {
  private RunIdentity() {}

  /** The run of a night that builds on {@code head}. */
  static Run of(NightPlan plan, LocalDate asOf, List<NightSource> sources, Commit head) {
    return Run.of(
        asOf,
        sources.stream().flatMap(source -> source.content().lines().stream()).toList(),
        plan.settings().canonical(),
        CodeFingerprint.ofRunningCode(),
        past(plan, asOf, head));
  }

  /**
   * The past that a night depends on: the night before, all earlier nights if movement is followed,
   * and the accepted models. A model fitted by a run is not listed, as it follows from the night
   * that fitted it and from the release of the night before.
   */
  private static List<String> past(NightPlan plan, LocalDate asOf, Commit head) {
    List<String> past = new ArrayList<>();
    head.nightBefore(asOf).map(Release::runId).ifPresent(past::add);
    if (plan.settings().movement().isPresent()) {
      head.nights().headMap(asOf).forEach((day, night) -> past.add(day + " " + night.runId()));
    }
    head.models().forEach((kind, id) -> past.add("%s %s".formatted(kind, id)));
    return past;
  }
}
