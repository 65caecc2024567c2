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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folder in which a run builds its tables, unseen by readers until a commit names it. Every attempt
 * at a run has its own, which is never renamed, so that a stalled process that resumes cannot touch
 * the tables of its successor.
 */
public final class Staging {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

  /** The history table, which is a list of the files that its nights wrote. */
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

  private String path() {
    return Layout.release(runId, attempt);
  }

  /** The location of a table's Parquet files, for Spark to write. */
  public String table(String name) {
    return tables().location(name);
  }

  /** The folder of what the run keeps for the next night. */
  public StateFolder state() {
    return new StateFolder(storage, Layout.state(path()));
  }

  /** The tables that are written so far. */
  public RunTables tables() {
    return new RunTables(storage, path());
  }

  /** Gives a written table a copy under another name. */
  public void copy(String table, String copy) throws IOException {
    tables().copy(table, copy);
  }

  /** Deletes intermediate files, which are not published. */
  public void delete(String table) throws IOException {
    tables().delete(table);
  }

  /** The location of the night's own history rows, for Spark to write. */
  public String history() {
    return storage.location(Layout.history(asOf, runId, attempt));
  }

  /** The locations of the night's own history files that are written. */
  public List<String> ownHistory() throws IOException {
    return night().files().stream().map(storage::location).toList();
  }

  /** The history files of the latest night before this one, for Spark to read; may be empty. */
  public List<String> historyBefore() {
    List<HistoryNight> earlier = nightsBefore();
    return earlier.isEmpty() ? List.of() : earlier.get(earlier.size() - 1).files();
  }

  /** Every night of the history before this one whose rows are kept, earliest first. */
  public List<HistoryNight> nightsBefore() {
    return base.nights().headMap(asOf).entrySet().stream()
        .filter(night -> !night.getValue().files().isEmpty())
        .map(night -> HistoryNight.of(night.getKey(), night.getValue(), storage))
        .toList();
  }

  /** Keeps a small file with the night's own history, for as long as the history. */
  public void keepWithHistory(String file, String text) throws IOException {
    storage.replace(HistoryNight.besideRows(Layout.history(asOf, runId, attempt), file), text);
  }

  /** Adds a small file beside the tables, such as the run report. */
  public void write(String file, String text) throws IOException {
    storage.replace("%s/%s".formatted(path(), file), text);
  }

  /** Adds a file beside the tables from pieces of its text, which are not held together. */
  public void write(String file, Iterator<String> pieces) throws IOException {
    storage.replace("%s/%s".formatted(path(), file), pieces);
  }

  /**
   * Lists in the table {@value #HISTORY_TABLE} the files of the recorded run of each of the last
   * {@code historyDays} nights up to this one; no file is copied. It must be called after the
   * night's own history is written.
   *
   * @param own the content of the night's own history
   * @return the content of the table
   */
  public ContentHash placeHistory(ContentHash own, int historyDays) throws IOException {
    ownHistory = own;
    SortedMap<LocalDate, Commit.Night> nights = new TreeMap<>(base.nights());
    nights.put(asOf, night());
    SortedMap<LocalDate, Commit.Night> placed =
        nights.subMap(asOf.minusDays(historyDays - 1L), asOf.plusDays(1));
    new HistoryList(storage, path()).write(placed);
    ContentHash content = ContentHash.NONE;
    for (Commit.Night night : placed.values()) {
      content = night.files().isEmpty() ? content : content.plus(night.table().hash());
    }

    Failpoint.reach(PublishingStep.AFTER_HISTORY);
    return content;
  }

  /**
   * The models of a kind that this run uses, in order of preference: the accepted one, then that of
   * the night before. The next one may supply what the first lacks; the run fits what none of them
   * has.
   *
   * @throws InputException if a model file is missing or was changed
   */
  public List<Model> liveModels(String kind) throws IOException {
    List<Model> live = new ArrayList<>();
    for (String id : base.liveModels(kind, asOf)) {
      live.add(files.read(kind, id));
    }

    return live;
  }

  /** Keeps a model, and records that the tables of this run are made with it. */
  public void use(Model model) throws IOException {
    files.write(model);
    boolean isAccepted = model.id().equals(base.models().get(model.kind()));
    UsedModel.Origin origin = isAccepted ? UsedModel.Origin.ACCEPTED : UsedModel.Origin.FIRST_RUN;
    models.put(model.kind(), new UsedModel(model.id(), origin));
  }

  /** The models with which the tables of this run are made, by kind. */
  public SortedMap<String, UsedModel> models() {
    return Collections.unmodifiableSortedMap(models);
  }

  /**
   * Declares the run complete: from here on {@code publish} can finish it without computing.
   *
   * @param tables the written tables, by name
   * @param inputs facts of the inputs, kept as they are
   * @param makeLive whether it goes live even if a later night is live
   * @throws IllegalStateException if its folder does not hold exactly these tables
   */
  public StagedRun complete(Map<String, Release.Table> tables, JsonNode inputs, boolean makeLive)
      throws IOException {
    SortedMap<String, Long> written = storage.files(path());
    requireSameTables(tables.keySet(), written.keySet());
    StagedRun run =
        new StagedRun(
            ControlFileJson.FORMAT,
            runId,
            asOf,
            attempt,
            path(),
            base.number(),
            makeLive,
            new TreeMap<>(tables),
            models,
            night(),
            written,
            inputs);
    storage.flush(path());
    storage.flush(Layout.history(asOf, runId, attempt));
    write(Layout.MANIFEST, ControlFileJson.write(run));
    Failpoint.reach(PublishingStep.AFTER_STAGE);
    return run;
  }

  /** Deletes what a failed run wrote, unless it is complete; what cannot be deleted stays. */
  public void discard() {
    try {
      if (!storage.names(path()).contains(Layout.MANIFEST)) {
        storage.delete(path());
        storage.delete(Layout.history(asOf, runId, attempt));
      }
    } catch (IOException refused) {
      LOG.warn("What run {} wrote to {} stays", runId, path(), refused);
    }
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
            .filter(file -> file.contains("/") || file.equals(HistoryList.FILE))
            .map(file -> file.equals(HistoryList.FILE) ? HISTORY_TABLE : file.replaceAll("/.*", ""))
            .collect(toCollection(TreeSet::new));
    if (!written.equals(declared)) {
      throw new IllegalStateException(
          "Run %s declares tables %s, but its folder holds %s"
              .formatted(runId, new TreeSet<>(declared), written));
    }
  }
}
