package io.karat.publishing;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.models.Model;
import io.karat.run.Failpoint;
import io.karat.run.InputException;
import io.karat.tables.ContentHash;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The folder in which a run builds its tables, unseen by readers. Every attempt at a run has its
 * own, so that a stalled process that comes back cannot write into the tables of its successor.
 */
public final class Staging {
  /** The table of all nights, which the files of earlier nights are placed into. */
  public static final String HISTORY_TABLE = "customer_value_history";

  private final Storage storage;
  private final ModelFiles files;
  private final Commit base;
  private final String runId;
  private final LocalDate asOf;
  private final String attempt;
  private final SortedMap<String, UsedModel> models = new TreeMap<>();
  private ContentHash ownHistory = ContentHash.NONE;

  Staging(Storage storage, Commit base, String runId, LocalDate asOf, String attempt) {
    this.storage = storage;
    this.files = new ModelFiles(storage);
    this.base = base;
    this.runId = runId;
    this.asOf = asOf;
    this.attempt = attempt;
  }

  /** Where the Parquet files of a table belong, for Spark to write. */
  public String table(String name) {
    return storage.location("%s/%s".formatted(Layout.staging(runId, attempt), name));
  }

  /** Where the night's own history rows belong, for Spark to write. */
  public String history() {
    return storage.location(Layout.history(asOf, runId, attempt));
  }

  /** The history rows of the latest night before this one, for Spark to read; may be none. */
  public List<String> historyBefore() {
    List<Commit.Night> earlier = List.copyOf(base.nights().headMap(asOf).values());
    return earlier.isEmpty()
        ? List.of()
        : earlier.get(earlier.size() - 1).files().stream().map(storage::location).toList();
  }

  /** Every night of the history before this one, the earliest first. */
  public List<HistoryNight> nightsBefore() {
    return base.nights().headMap(asOf).entrySet().stream()
        .map(night -> HistoryNight.of(night.getKey(), night.getValue(), storage))
        .toList();
  }

  /** Keeps a small file with the night's own history, for as long as that. */
  public void keepWithHistory(String file, String text) throws IOException {
    storage.replace(HistoryNight.besideRows(Layout.history(asOf, runId, attempt), file), text);
  }

  /** Adds a small file beside the tables, such as the run report. */
  public void write(String file, String text) throws IOException {
    storage.replace("%s/%s".formatted(Layout.staging(runId, attempt), file), text);
  }

  /**
   * Fills the table {@value #HISTORY_TABLE}: the files of one run for each of the last {@code
   * historyDays} nights up to this one. To be called once the night's own history is written.
   *
   * @param own what the night's own history holds
   * @return what the table holds
   */
  public ContentHash placeHistory(ContentHash own, int historyDays) throws IOException {
    ownHistory = own;
    SortedMap<LocalDate, Commit.Night> nights = new TreeMap<>(base.nights());
    nights.put(asOf, night());
    LocalDate first = asOf.minusDays(historyDays - 1L);
    String table = "%s/%s".formatted(Layout.staging(runId, attempt), HISTORY_TABLE);
    ContentHash placed = ContentHash.NONE;
    for (Map.Entry<LocalDate, Commit.Night> night :
        nights.subMap(first, asOf.plusDays(1)).entrySet()) {
      placed = placed.plus(night.getValue().table().hash());
      for (String file : night.getValue().files()) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        storage.place(file, "%s/%s-%s".formatted(table, night.getKey(), name));
      }
    }

    Failpoint.reach(PublishingStep.AFTER_HISTORY);
    return placed;
  }

  /**
   * The models of a kind that this run is to go by, the one that decides first: the accepted one,
   * then that of the night before. Of what the first lacks, the next may have some; what none has
   * the run learns for itself.
   *
   * @throws InputException if a file of theirs is missing or was changed
   */
  public List<Model> liveModels(String kind) throws IOException {
    List<Model> live = new ArrayList<>();
    for (String id : base.liveModels(kind, asOf)) {
      live.add(files.read(kind, id));
    }

    return live;
  }

  /** Keeps a model, and notes that the tables of this run are made with it. */
  public void use(Model model) throws IOException {
    files.write(model);
    boolean isAccepted = model.id().equals(base.models().get(model.kind()));
    UsedModel.Origin origin = isAccepted ? UsedModel.Origin.ACCEPTED : UsedModel.Origin.FIRST_RUN;
    models.put(model.kind(), new UsedModel(model.id(), origin));
  }

  /** What the tables of this run are made with, by kind of model. */
  public SortedMap<String, UsedModel> models() {
    return Collections.unmodifiableSortedMap(models);
  }

  /**
   * Declares the run complete: from here on {@code publish} can finish it without computing.
   *
   * @param tables what was written, by table name
   * @param inputs what it was made from, handed on as it is
   * @param makeLive whether it goes live even where a later night is live
   */
  public StagedRun complete(Map<String, Release.Table> tables, JsonNode inputs, boolean makeLive)
      throws IOException {
    SortedMap<String, Long> written = storage.files(Layout.staging(runId, attempt));
    requireSameTables(tables.keySet(), written.keySet());
    StagedRun run =
        new StagedRun(
            ControlFileJson.FORMAT,
            runId,
            asOf,
            attempt,
            base.number(),
            makeLive,
            new TreeMap<>(tables),
            models,
            night(),
            written,
            inputs);
    storage.flush(Layout.staging(runId, attempt));
    storage.flush(Layout.history(asOf, runId, attempt));
    write(Layout.MANIFEST, ControlFileJson.write(run));
    Failpoint.reach(PublishingStep.AFTER_STAGE);
    return run;
  }

  private Commit.Night night() throws IOException {
    String folder = Layout.history(asOf, runId, attempt);
    return new Commit.Night(
        runId,
        storage.files(folder).keySet().stream()
            .map(file -> "%s/%s".formatted(folder, file))
            .toList(),
        Release.Table.of(ownHistory));
  }

  private void requireSameTables(Set<String> declared, Set<String> files) {
    Set<String> written =
        files.stream()
            .filter(file -> file.contains("/"))
            .map(file -> file.substring(0, file.indexOf('/')))
            .collect(toCollection(TreeSet::new));
    if (!written.equals(declared)) {
      throw new IllegalStateException(
          "Run %s declares tables %s, but its staging folder holds %s"
              .formatted(runId, new TreeSet<>(declared), written));
    }
  }
}
