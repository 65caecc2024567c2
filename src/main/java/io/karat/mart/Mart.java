package io.karat.mart;

import io.karat.engine.SparkActionException;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publisher;
import io.karat.publishing.Release;
import io.karat.publishing.ShownRelease;
import io.karat.publishing.Status;
import io.karat.run.Failpoint;
import io.karat.run.KaratException;
import io.karat.run.Progress;
import io.karat.run.UsageException;
import io.karat.settings.Output;
import io.karat.settings.PostgreSql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A PostgreSQL database that shows the live release of the output folder. */
public final class Mart implements Publisher {
  /** The tries to get the mart from another process before this one gives up. */
  private static final int TRIES_FOR_MART = 20;

  private static final String SHOW = "postgresql: show";

  private final PostgreSql settings;
  private final int releases;
  private final Server server;
  private final Schemas schemas;
  private final Map<String, String> meanings;
  private final List<String> columns;
  private final OutputFolder output;
  private final String path;
  private final SparkSession spark;
  private final LockRetry retry;
  private final FailureReasons reasons;

  private Mart(
      Output where,
      Map<String, String> meanings,
      List<String> columns,
      OutputFolder output,
      SparkSession spark,
      Map<String, String> environment,
      LockRetry retry) {
    this.settings = where.postgresql().orElseThrow();
    this.releases = where.retention().releases();
    this.server = Server.of(settings, environment);
    this.schemas = Schemas.of(settings);
    this.meanings = Map.copyOf(meanings);
    this.columns = List.copyOf(columns);
    this.output = output;
    this.path = where.path();
    this.spark = spark;
    this.retry = retry;
    this.reasons = new FailureReasons(settings, server);
  }

  /**
   * The mart of a configuration that publishes to one.
   *
   * @param meanings the meaning of a row, by table
   * @param columns the names of all published columns
   * @param environment the variables, one of which may be the password
   */
  public static Mart of(
      Output where,
      Map<String, String> meanings,
      List<String> columns,
      OutputFolder output,
      SparkSession spark,
      Map<String, String> environment) {
    Duration most = where.postgresql().orElseThrow().timeouts().lock();
    return of(where, meanings, columns, output, spark, environment, LockRetry.within(most));
  }

  static Mart of(
      Output where,
      Map<String, String> meanings,
      List<String> columns,
      OutputFolder output,
      SparkSession spark,
      Map<String, String> environment,
      LockRetry retry) {
    return new Mart(where, meanings, columns, output, spark, environment, retry);
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String place() {
    return "schema '%s' of %s".formatted(settings.schema(), server.address());
  }

  @Override
  public void requireReady() throws IOException {
    StorableNames.require(columns, settings);
    Optional<String> outputId = output.id();
    try (Database database = server.openForALook()) {
      new Preflight(settings, database, server.address()).require(outputId);
    } catch (SQLException refused) {
      throw new UsageException(
          "PostgreSQL at '%s' cannot be used as role '%s': %s. %s"
              .formatted(
                  server.address(),
                  server.user(),
                  reasons.reason(refused),
                  reasons.advice(refused)),
          refused);
    }
  }

  @Override
  public String state(Status directory) {
    try (Database database = server.openForALook()) {
      return ShownRelease.state(this, shown(database), directory);
    } catch (SQLException refused) {
      return "PostgreSQL at '%s' does not answer: %s."
          .formatted(server.address(), reasons.reason(refused));
    }
  }

  private Optional<ShownRelease> shown(Database database) throws SQLException {
    return database.holds("SELECT to_regclass(?) IS NULL", schemas.currentRelease())
        ? Optional.empty()
        : database.first(
            row -> new ShownRelease(row.getString(1), row.getDate(2).toLocalDate(), row.getLong(3)),
            "SELECT run_id, as_of_date, commit_number FROM " + schemas.currentRelease());
  }

  @Override
  public void follow(Commit head, Progress progress) {
    if (head.isNone()) {
      return;
    }

    Optional<ShownRelease> before = Optional.empty();
    try (Database database = server.open()) {
      before = shown(database);
      follow(head, database, progress);
    } catch (SQLException
        | IOException
        | UnloadableReleaseException
        | KaratException
        | SparkActionException failed) {
      throw ShownRelease.notFollowing(this, head, path, reasons.reason(failed), before, failed);
    }
  }

  private void follow(Commit head, Database database, Progress progress)
      throws SQLException, IOException, UnloadableReleaseException {
    Failpoint.reach(MartStep.BEFORE_MART);
    new Preflight(settings, database, server.address()).require(output.id());
    takeTurn(database);
    SchemaDefinitions definitions =
        new SchemaDefinitions(database, schemas, settings.readerRole(), retry);
    definitions.requireFrame();
    RunRetention oldRuns = new RunRetention(database, schemas, retry.lock());
    Release live = head.release(head.live()).orElseThrow();
    if (!isLoaded(live, database)) {
      oldRuns.drop();
      load(live, database, definitions, progress);
    }
    new ConcurrentReaders(database, schemas, retry.plans()).letPass();

    progress.stage(SHOW);
    Failpoint.reach(MartStep.BEFORE_MART_SHOW);
    show(head, live, database);
    Failpoint.reach(MartStep.AFTER_MART_SHOW);
    removeOldRuns(oldRuns, head);
    progress.done(SHOW);
  }

  private void load(
      Release live, Database database, SchemaDefinitions definitions, Progress progress)
      throws SQLException, IOException, UnloadableReleaseException {
    new RunLoad(
            server,
            database,
            schemas,
            definitions,
            meanings,
            output,
            spark,
            progress,
            settings.connections())
        .load(live);
  }

  /** Takes the lock with which one process at a time loads; readers do not use this lock. */
  private void takeTurn(Database database) throws SQLException {
    for (int i = 1; !isOurTurn(database); i++) {
      if (i == TRIES_FOR_MART) {
        throw new SQLException("another process is loading " + place());
      }
      retry.rest();
    }
  }

  private boolean isOurTurn(Database database) throws SQLException {
    return database.holds(
        "SELECT pg_try_advisory_lock(hashtext('karat'), hashtext(?))", settings.schema());
  }

  private boolean isLoaded(Release release, Database database) throws SQLException {
    return database.holds(
        "SELECT EXISTS (SELECT FROM %s WHERE run_id = ?)".formatted(schemas.loadedRelease()),
        release.runId());
  }

  /** Runs the one statement that changes what readers see. */
  private void show(Commit head, Release live, Database database) throws SQLException, IOException {
    database.update(
        """
        INSERT INTO %s AS shown (run_id, as_of_date, published_at, commit_number, output_id)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (is_current) DO UPDATE SET (run_id, as_of_date, published_at, commit_number) =
          (excluded.run_id, excluded.as_of_date, excluded.published_at, excluded.commit_number)
        WHERE shown.commit_number <= excluded.commit_number
          AND shown.output_id = excluded.output_id
        """
            .formatted(schemas.currentRelease()),
        live.runId(),
        live.asOf(),
        head.writtenAt().atOffset(ZoneOffset.UTC),
        head.number(),
        output.id().orElseThrow());
  }

  /**
   * Removes old runs; those that cannot be removed now are left to the next night, without a
   * failure.
   */
  private void removeOldRuns(RunRetention oldRuns, Commit head) {
    try {
      oldRuns.remove(head.latest(releases));
    } catch (SQLException leftToNextNight) {
      return;
    }
  }
}
