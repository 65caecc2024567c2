package io.karat.publishing;

import static java.util.Comparator.comparing;

import io.karat.expressions.Spelling;
import io.karat.models.Model;
import io.karat.run.InputException;
import io.karat.run.LockedException;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Store of the models of an output folder. Accepting a model appends a commit; everything else here
 * only adds files.
 */
public final class ModelStore {
  /** The word that stands for the model fitted last. */
  public static final String LATEST = "latest";

  private final Commits commits;
  private final ModelFiles files;
  private final Keep keep;
  private final InstantSource clock;

  ModelStore(Commits commits, Keep keep, InstantSource clock) {
    this.commits = commits;
    this.files = new ModelFiles(commits.storage());
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Reads a model that a commit or a release names.
   *
   * @throws InputException if its file is missing or its content does not match the id
   */
  public Model read(String kind, String id) throws IOException {
    return files.read(kind, id);
  }

  /**
   * Finds a model by the id typed, or {@value #LATEST}.
   *
   * @throws UsageException if there is none
   * @throws InputException if the content of its file does not match the id
   */
  public Model find(String kind, String typed) throws IOException {
    List<String> ids = files.ids(kind);
    if (ids.contains(typed)) {
      return files.read(kind, typed);
    }
    if (!typed.equals(LATEST)) {
      String hint =
          Spelling.closest(typed, ids)
              .map("Did you mean '%s'?"::formatted)
              .orElse("See karat models list %s.".formatted(kind));
      throw new UsageException("No model of %s has the id '%s'. %s".formatted(kind, typed, hint));
    }

    Optional<ModelFit> latest = latest(kind);
    return files.read(
        kind,
        latest
            .map(ModelFit::model)
            .orElseThrow(
                () ->
                    new UsageException(
                        ("No model of %1$s was fitted yet, so there is no latest one."
                                + " Run karat models fit %1$s, or see karat models list %1$s.")
                            .formatted(kind))));
  }

  /** The newest fit of a kind; empty if there is none. */
  public Optional<ModelFit> latest(String kind) throws IOException {
    OptionalLong highest = fitFiles(kind).highest();
    return highest.isEmpty() ? Optional.empty() : Optional.of(fit(kind, highest.getAsLong()));
  }

  /**
   * Keeps a fitted model as a candidate. It needs no lock, as no night uses a candidate.
   *
   * @param customers the release on which it was fitted
   */
  public ModelFit keep(Model model, Release customers) throws IOException {
    files.write(model);
    while (true) {
      long last = latest(model.kind()).map(ModelFit::number).orElse(0L);
      ModelFit fit =
          new ModelFit(
              ControlFileJson.FORMAT,
              fitFiles(model.kind()).next(last),
              model.id(),
              customers.runId(),
              customers.asOf(),
              clock.instant());
      if (commits
          .storage()
          .create(Layout.fit(model.kind(), fit.number()), ControlFileJson.write(fit))) {
        return fit;
      }
    }
  }

  /**
   * Accepts a model, which nights use from now on; does nothing if it is accepted already.
   * Published tables are not changed.
   *
   * @return the commit with this model
   * @throws RefusedException if nothing is published yet
   * @throws LockedException if this process lost the lock
   */
  public Commit accept(Model model, RunLock lock) throws IOException {
    Commit head = commits.head();
    if (model.id().equals(head.models().get(model.kind()))) {
      return head;
    }

    files.write(model);
    StagedRuns runs = new StagedRuns(commits.storage());
    return new Publication(commits, runs, keep, lock, clock).accept(model);
  }

  /** The kinds with at least one model. */
  public List<String> kinds() throws IOException {
    return commits.storage().folders(Layout.MODELS);
  }

  /** The models of a kind in the order of their first fit. */
  public List<ModelStatus> list(String kind) throws IOException {
    Commit head = commits.head();
    List<ModelFit> fits = fits(kind);
    List<ModelStatus> lines = new ArrayList<>();
    for (String id : files.ids(kind)) {
      lines.add(new ModelStatus(kind, id, state(kind, id, head), firstFit(kind, id, head, fits)));
    }
    lines.sort(
        comparing(line -> line.firstFit().map(ModelStatus.FirstFit::at).orElse(Instant.EPOCH)));
    return lines;
  }

  private static ModelStatus.State state(String kind, String id, Commit head) {
    if (id.equals(head.models().get(kind))) {
      return ModelStatus.State.ACCEPTED;
    }

    List<String> releases = madeWith(kind, id, head).map(Release::runId).toList();
    if (releases.contains(head.live())) {
      return ModelStatus.State.IN_USE;
    }
    return releases.isEmpty() ? ModelStatus.State.CANDIDATE : ModelStatus.State.RETIRED;
  }

  private static Optional<ModelStatus.FirstFit> firstFit(
      String kind, String id, Commit head, List<ModelFit> fits) {
    Stream<ModelStatus.FirstFit> byHand =
        fits.stream()
            .filter(fit -> fit.model().equals(id))
            .map(fit -> new ModelStatus.FirstFit(fit.runId(), fit.asOf(), fit.writtenAt()));
    Stream<ModelStatus.FirstFit> byRuns =
        madeWith(kind, id, head)
            .map(run -> new ModelStatus.FirstFit(run.runId(), run.asOf(), run.writtenAt()));
    return Stream.concat(byHand, byRuns).min(comparing(ModelStatus.FirstFit::at));
  }

  private static Stream<Release> madeWith(String kind, String id, Commit head) {
    return head.releases().stream()
        .filter(
            release ->
                Stream.ofNullable(release.models().get(kind)).anyMatch(it -> it.id().equals(id)));
  }

  private NumberedFiles fitFiles(String kind) {
    return new NumberedFiles(commits.storage(), Layout.fits(kind));
  }

  private List<ModelFit> fits(String kind) throws IOException {
    List<ModelFit> fits = new ArrayList<>();
    for (long number : fitFiles(kind).numbers()) {
      fits.add(fit(kind, number));
    }
    return fits;
  }

  private ModelFit fit(String kind, long number) throws IOException {
    String file = Layout.fit(kind, number);
    return ControlFileJson.read(commits.storage(), file, ModelFit.class)
        .orElseThrow(() -> new DamagedFileException(file, "it is missing", ""));
  }
}
