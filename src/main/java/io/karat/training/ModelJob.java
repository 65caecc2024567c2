package io.karat.training;

import io.karat.models.Model;
import io.karat.models.ModelCandidate;
import io.karat.models.ModelComparison;
import io.karat.models.ModelCustomers;
import io.karat.models.ModelKind;
import io.karat.night.PublishedTables;
import io.karat.publishing.Commit;
import io.karat.publishing.ModelStore;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.UsedModel;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Job that fits and compares models on command, from the customers of a release. Published tables
 * are not changed.
 */
public record ModelJob(SparkSession spark, OutputFolder output, ModelKind kind) {

  /**
   * Fits a model and keeps it as a candidate.
   *
   * @param run the release to fit it on; the live one if empty
   * @throws UsageException if there is no such release
   * @throws RefusedException if nothing is published yet, or the release is deleted
   */
  public FittedModel fit(Optional<String> run) throws IOException {
    PublishedCustomers published = published("fit");
    Commit head = published.head();
    Release release = release(run.orElse(head.live()), head);
    ModelCandidate candidate = kind.candidate(customers(published, release), live(head, release));
    return new FittedModel(output.models().keep(candidate.model(), release), candidate);
  }

  /** The accepted model, or without one the model of the release. */
  private Optional<Model> live(Commit head, Release release) throws IOException {
    Optional<String> id =
        Optional.ofNullable(head.models().get(kind.name()))
            .or(() -> Optional.ofNullable(release.models().get(kind.name())).map(UsedModel::id));
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(output.models().read(kind.name(), id.get()));
  }

  /**
   * Compares a model with the one of the live release.
   *
   * @param typed its id, or {@value ModelStore#LATEST}
   * @throws UsageException if there is no such model
   * @throws RefusedException if nothing is published yet, or the live release was made without such
   *     a model
   */
  public ComparedModels compare(String typed) throws IOException {
    PublishedCustomers published = published("compare");
    Commit head = published.head();
    Model other = output.models().find(kind.name(), typed);
    Release release = head.release(head.live()).orElseThrow();
    UsedModel used =
        Optional.ofNullable(release.models().get(kind.name()))
            .orElseThrow(
                () ->
                    new RefusedException(
                        "%s: live release %s does not use one. Run its night again first."
                            .formatted(published.refusal(), release.runId())));
    Model live = output.models().read(kind.name(), used.id());
    ModelComparison comparison =
        live.equals(other)
            ? new ModelComparison(List.of(), List.of())
            : kind.compare(live, other, customers(published, release));
    return new ComparedModels(release, live, other, comparison);
  }

  private PublishedCustomers published(String verb) {
    return new PublishedCustomers(spark, output, "Cannot %s %s".formatted(verb, kind.name()));
  }

  private Release release(String runId, Commit head) {
    return head.release(runId)
        .orElseThrow(
            () ->
                new UsageException(
                    "Cannot fit %s from run '%s': no release has this id. See karat status."
                        .formatted(kind.name(), runId)));
  }

  private static ModelCustomers customers(PublishedCustomers published, Release release)
      throws IOException {
    return new ModelCustomers(
        release.asOf(), published.table(release, PublishedTables.CUSTOMER_INDICATORS));
  }
}
