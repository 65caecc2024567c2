package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.NullNode;
import io.karat.models.Model;
import io.karat.models.ModelKind;
import io.karat.night.LifetimeKind;
import io.karat.night.NightPlan;
import io.karat.night.PublishedReport;
import io.karat.night.ToyFirm;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunLock;
import io.karat.publishing.Staging;
import io.karat.run.ExitCode;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import io.karat.segments.SegmentKind;
import io.karat.segments.SegmentPlan;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import io.karat.testing.TextTable;
import io.karat.training.ModelJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the commands that list, fit, compare and accept models. */
@ExtendWith(LocalSpark.class)
class ModelsCommandTest {
  private static final ModelKind KIND = new HalfOfTheLargest();
  private static final ModelKinds KINDS =
      new ModelKinds(new TreeMap<>(Map.of("cuts", plan -> KIND)));
  private static final Model FIRST = HalfOfTheLargest.model(20);

  private final SparkSession spark;
  private final Transcript transcript = new Transcript(false);
  @TempDir Path folder;
  private OutputFolder output;
  private Instant now = Instant.EPOCH;

  ModelsCommandTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() throws IOException {
    output = OutputFolders.open(folder, new Configuration(), () -> now);
  }

  @Test
  void aModelIsFittedComparedAndAccepted() throws IOException {
    publish("a", "2026-03-01", "ann | 10", FIRST);
    publish("b", "2026-03-02", "ann | 10\nbob | 40\ncid | 60\ndan | 100", FIRST);

    ModelsFitCommand.fit(job(), Optional.empty(), transcript.console());
    ModelsCompareCommand.show(job().compare("latest"), transcript.console());
    ModelsCompareCommand.show(job().compare(FIRST.id()), transcript.console());
    list(Optional.of("cuts"));
    ModelsAcceptCommand.accept("cuts", "latest", output, transcript.console());
    ModelsAcceptCommand.accept("cuts", "latest", output, transcript.console());
    publish("c", "2026-03-03", "ann | 10", output.models().find("cuts", "latest"));
    list(Optional.empty());

    assertEquals(
        """
        Model cuts cf81484a2216 is fitted to the customers of night 2026-03-02, run b.
        'karat models compare cuts cf81484a2216' shows the changes, 'karat models accept cuts cf81484a2216' puts it into use.
        Model cuts cf81484a2216 compared with e72db9dc12ce, which night 2026-03-02, run b, uses:
        cut         live  new
        ----------  ----  ---
        large from    20   50
        column  from   to     customers
        ------  -----  -----  ---------
        size    LARGE  SMALL          1
        Model cuts e72db9dc12ce is the one that night 2026-03-02, run b, uses: nothing would change.
        kind  model         state      night       run  fitted
        ----  ------------  ---------  ----------  ---  --------------------
        cuts  e72db9dc12ce  in use     2026-03-01  a    2026-03-01T23:00:00Z
        cuts  cf81484a2216  candidate  2026-03-02  b    2026-03-02T23:00:00Z
        Model cuts cf81484a2216 is accepted: the next nights use it.
        Model cuts cf81484a2216 is accepted already.
        kind  model         state     night       run  fitted
        ----  ------------  --------  ----------  ---  --------------------
        cuts  e72db9dc12ce  retired   2026-03-01  a    2026-03-01T23:00:00Z
        cuts  cf81484a2216  accepted  2026-03-02  b    2026-03-02T23:00:00Z
        """,
        transcript.results());
  }

  @Test
  void aModelThatMovesNobodySaysSo() throws IOException {
    publish("a", "2026-03-01", "ann | 10\nbob | 90", FIRST);

    ModelsFitCommand.fit(job(), Optional.empty(), new Transcript(false).console());
    ModelsCompareCommand.show(job().compare("latest"), transcript.console());

    assertEquals(
        "No customer would change level.",
        transcript.results().lines().reduce("", (earlier, line) -> line));
  }

  @Test
  void withoutAReleaseThereIsNothingToLearnFrom() throws IOException {
    String empty = "nothing is published yet. Run karat run to publish a night.";
    assertEquals(
        "Cannot fit cuts: " + empty,
        assertThrows(RefusedException.class, () -> job().fit(Optional.empty())).getMessage());
    assertEquals(
        "Cannot compare cuts: " + empty,
        assertThrows(RefusedException.class, () -> job().compare("latest")).getMessage());
    list(Optional.of("cuts"));
    list(Optional.empty());
    assertEquals(
        """
        No model of cuts is kept in 'out' yet: the first run fits those that it needs.
        No model is kept in 'out' yet: the first run fits those that it needs.
        """,
        transcript.results());

    publish("a", "2026-03-01", "ann | 10");
    assertEquals(
        "Cannot fit cuts from run 'x': no release has this id. See karat status.",
        assertThrows(UsageException.class, () -> job().fit(Optional.of("x"))).getMessage());
    job().fit(Optional.empty());
    assertEquals(
        "Cannot compare cuts: live release a does not use one. Run its night again first.",
        assertThrows(RefusedException.class, () -> job().compare("latest")).getMessage());

    output = OutputFolders.keeping(1, folder, new Configuration(), () -> now);
    publish("b", "2026-03-02", "ann | 10", FIRST);
    publish("c", "2026-03-03", "ann | 10", FIRST);
    try (RunLock lock = output.lock("retention")) {
      output.retain(lock);
    }
    assertEquals(
        "Cannot fit cuts: the tables of run a are deleted."
            + " Choose a release that karat status calls live or kept.",
        assertThrows(RefusedException.class, () -> job().fit(Optional.of("a"))).getMessage());
    publish("d", "2026-03-04", "ann | 10", FIRST);
    assertEquals(
        "Release a was deleted by retention: expected one that is kept. See karat status.",
        assertThrows(
                UsageException.class,
                () ->
                    new PublishedReport(spark, ToyFirm.at(spark, folder).plan(), output)
                        .release(Optional.of("a")))
            .getMessage());
  }

  @Test
  void aModelThatIsOffOrOfTooFewCustomersIsNotFitted() throws IOException {
    publish("a", "2026-03-01", "ann | 10");
    ToyFirm firm =
        ToyFirm.at(spark, folder.resolve("firm"))
            .deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE");
    NightPlan off = firm.plan();
    NightPlan on = firm.plan("lifetime_value={horizon_days: [90]}");

    assertEquals(
        "Cannot fit lifetime: 'lifetime_value' is switched off. Remove 'lifetime_value: false'.",
        assertThrows(UsageException.class, () -> fit(LifetimeKind.of(off))).getMessage());
    assertEquals(
        "Cannot fit lifetime: there are 1 customers, expected at least 100 with more than one"
            + " purchase. Existing models stay as they are.",
        assertThrows(RefusedException.class, () -> fit(LifetimeKind.of(on))).getMessage());
    assertEquals(
        "Segments are off in this configuration, so there is nothing to fit."
            + " Give 'clustering' features whose inputs are mapped.",
        assertThrows(UsageException.class, () -> fit(SegmentKind.of(SegmentPlan.of(off.scores()))))
            .getMessage());
  }

  private void fit(ModelKind kind) throws IOException {
    new ModelJob(spark, output, kind).fit(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          models                         ; There is no command after 'karat models': expected one of accept, compare, export, fit, list. See 'karat models --help'.
          models lst                     ; Unknown command 'karat models lst'. Did you mean 'list'?
          models list                    ; There is no configuration: expected --config FILE, the variable KARAT_CONFIG, or karat.yaml in this folder. 'karat init DATA' writes one.
          models fit --config F          ; 'karat models fit' needs KIND. See 'karat models fit --help'.
          models accept cuts --config F  ; 'karat models accept' needs ID|latest. See 'karat models accept --help'.
          models list cut --config F     ; Unknown kind of model 'cut'. Did you mean 'cuts'?
          models fit cut --config F      ; Unknown kind of model 'cut'. Did you mean 'cuts'?
          models export cut --to D --config F  ; Unknown kind of model 'cut'. Did you mean 'cuts'?
          models compare colours --config F    ; Unknown kind of model 'colours'. Expected one of cuts.
          models fit cuts --config F --judge-days 90    ; --judge-days is for segments, not for cuts. Leave it out.
          models fit cuts --config F --judge-days many  ; --judge-days 'many' is not a whole number. See 'karat models fit --help'.
          models fit cut --config F --judge-days 90     ; Unknown kind of model 'cut'. Did you mean 'cuts'?
          models fit cuts --config none.yaml   ; none.yaml: there is no such file (looked for FOLDER/none.yaml). Give the path of the configuration with --config.
          """)
  void aLineThatCannotBeUnderstoodEndsWith2(String typed, String complaint) {
    ExitCode exitCode = transcript.type(List.of(new ModelsCommand(KINDS)), typed.split(" ", -1));

    assertEquals(
        complaint.replace("FOLDER", Path.of("").toAbsolutePath().toString()) + "\n",
        transcript.remarks());
    assertEquals(ExitCode.USAGE, exitCode);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "3651"})
  void segmentsAreJudgedByOneDayToTenYears(String days) {
    ExitCode exitCode =
        transcript.type(
            List.of(new ModelsCommand(ModelKinds.ofThisVersion())),
            "models",
            "fit",
            "segments",
            "--config=F",
            "--judge-days=" + days);

    assertEquals(
        "--judge-days is %s, expected 1 to 3650. Give a number of days such as 90.\n"
            .formatted(days),
        transcript.remarks());
    assertEquals(ExitCode.USAGE, exitCode);
  }

  @Test
  void helpSaysWhatThereIsToType() {
    transcript.type(
        List.of(new HelpCommand(), new ModelsCommand(KINDS)), "help", "models", "accept");

    assertEquals(
        """
        Usage: karat models accept [-h] [--verbose] [--config=FILE] [--log-format=FORMAT]
                                   [--set=KEY=VALUE]... KIND ID|latest
        Puts a model into use for the next nights; published nights stay as they are.
              KIND                  The kind of model: cuts, segments, lifetime or prediction.
              ID|latest             The id of the model, as in 'karat models list', or latest.
              --config=FILE         The configuration of this business, a YAML file: a path or any Hadoop
                                      URI. By default what KARAT_CONFIG names, else karat.yaml in this
                                      folder.
          -h, --help                Shows this help.
              --log-format=FORMAT   The format of progress, warnings and errors: text, or json with one
                                      object per line. By default that of KARAT_LOG_FORMAT, else text.
              --set=KEY=VALUE       Overrides one value of the configuration; may be given several times.
              --verbose             Shows Spark's own log as well.

        Examples:
          karat models accept cuts latest --config conf/karat.yaml
          karat models accept segments 23fcb4dfc391 --config conf/karat.yaml
        """,
        transcript.results());
  }

  private void list(Optional<String> kind) throws IOException {
    ModelsListCommand.show(output.models(), kind, "out", transcript.console());
  }

  private ModelJob job() {
    return new ModelJob(spark, output, KIND);
  }

  /** Publishes customers with their sales, at the evening of the night. */
  private void publish(String run, String asOf, String customers, Model... models)
      throws IOException {
    now = Instant.parse(asOf + "T23:00:00Z");
    try (RunLock lock = output.lock("run " + asOf)) {
      Staging staging = output.stage(run, LocalDate.parse(asOf), output.head(), lock);
      TextTable.frame(spark, "customer_id string, sales int", customers)
          .write()
          .parquet(staging.table("customer_indicators"));
      for (Model model : models) {
        staging.use(model);
      }
      Release.Table table = new Release.Table(customers.lines().count(), Optional.empty());
      output.commit(
          staging.complete(Map.of("customer_indicators", table), NullNode.getInstance(), false),
          lock);
    }
  }
}
