package io.karat.night;

import io.karat.lifetime.LifetimeModel;
import io.karat.publishing.Commit;
import io.karat.publishing.HistoryNight;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.report.HtmlReport;
import io.karat.report.KeptFigures;
import io.karat.run.UsageException;
import io.karat.settings.Language;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Report of a release, made again from its tables; the release is not changed. */
public record PublishedReport(SparkSession spark, NightPlan plan, OutputFolder output) {
  /**
   * The release of a run, or the live one if {@code run} is empty.
   *
   * @throws UsageException if there is none, or retention deleted its files
   */
  public Release release(Optional<String> run) throws IOException {
    Commit head = output.head();
    if (head.isNone()) {
      throw new UsageException("Nothing is published yet. Run karat run to publish a night.");
    }

    String id = run.orElse(head.live());
    Release release =
        head.release(id)
            .orElseThrow(
                () ->
                    new UsageException(
                        "No release has the run id '%s'. See karat status.".formatted(id)));
    if (!release.retained()) {
      throw new UsageException(
          "Release %s was deleted by retention: expected one that is kept. See karat status."
              .formatted(id));
    }
    return release;
  }

  /**
   * Renders the page. With the same code, settings and language it equals the page in the release.
   */
  public String page(Release release, Language language) throws IOException {
    Optional<UsedModel> used = Optional.ofNullable(release.models().get(LifetimeModel.KIND));
    Optional<String> lifetime =
        used.isEmpty()
            ? Optional.empty()
            : Optional.of(output.models().read(LifetimeModel.KIND, used.get().id()).text());
    spark.sparkContext().setJobDescription("karat report " + release.runId());
    return new HtmlReport(spark, plan.settings(), plan.scores(), language)
        .of(output.tables(release), facts(release), lifetime, earlier(release))
        .page();
  }

  /** The headline figures of the nights before, where they were kept. */
  private List<KeptFigures> earlier(Release release) throws IOException {
    List<KeptFigures> figures = new ArrayList<>();
    for (HistoryNight night : output.history().nightsOf(release)) {
      if (night.asOf().isBefore(release.asOf())) {
        night.kept(KeptFigures.FILE).flatMap(KeptFigures::parse).ifPresent(figures::add);
      }
    }
    return figures;
  }

  private String facts(Release release) throws IOException {
    return output
        .releaseReport(release)
        .orElseThrow(
            () ->
                new UsageException(
                    "Release %s has no %s: expected it beside the tables. Run the night again."
                        .formatted(release.runId(), OutputFolder.REPORT)));
  }
}
