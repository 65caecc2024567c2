package io.karat.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.night.NightJob;
import io.karat.night.NightPlan;
import io.karat.night.ToyFirm;
import io.karat.publishing.ModelFit;
import io.karat.publishing.OutputFolder;
import io.karat.report.RunRecord;
import io.karat.run.RefusedException;
import io.karat.run.SessionSettings;
import io.karat.segments.ExplainedVariance;
import io.karat.segments.SegmentKind;
import io.karat.segments.SegmentPlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import io.karat.testing.RealData;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test of segments of a real gift wholesaler in summer against the purchases of the following 90
 * days.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class SegmentJudgementTest {
  @TempDir private Path folder;

  @Test
  void segmentsAreJudgedByWhatIsBoughtLater(SparkSession shared) throws IOException {
    NightPlan plan = plan();
    SparkSession spark = shared.newSession();
    SessionSettings.of(plan.settings().timeZone()).forEach(spark.conf()::set);
    new NightJob(
            spark,
            plan,
            SilentProgress.INSTANCE,
            new RunRecord("run", ToyFirm.NOON),
            () -> ToyFirm.NOON)
        .run(LocalDate.parse("2011-06-30"), false);
    OutputFolder output =
        OutputFolders.open(folder, spark.sparkContext().hadoopConfiguration(), () -> ToyFirm.NOON);
    SegmentKind kind = SegmentKind.of(SegmentPlan.of(plan.scores()));
    FittedModel fitted = new ModelJob(spark, output, kind).fit(Optional.empty());

    Map<String, ExplainedVariance> explained =
        new SegmentJudgement(spark, plan, output, 90).of(fitted.candidate().model(), fitted.fit());
    assertEquals(
        List.of("segments", "rfm codes", "rfm_segment", "customer_class"),
        List.copyOf(explained.keySet()));
    ExplainedVariance segments = Objects.requireNonNull(explained.get("segments"));
    ExplainedVariance codes = Objects.requireNonNull(explained.get("rfm codes"));
    assertTrue(segments.adjustedShare().compareTo(codes.adjustedShare()) > 0, explained::toString);
    assertTrue(segments.groups() < codes.groups() / 10, explained::toString);
    assertEquals(
        "Cannot evaluate segments: all customers have the same net sales in the 1 days after"
            + " 2012-03-01. Give inputs of those days, or fit to an earlier release with --run.",
        assertThrows(
                RefusedException.class,
                () ->
                    new SegmentJudgement(spark, plan(), output, 1)
                        .of(
                            fitted.candidate().model(),
                            new ModelFit(
                                1,
                                1,
                                "",
                                fitted.fit().runId(),
                                LocalDate.parse("2012-03-01"),
                                ToyFirm.NOON)))
            .getMessage());
  }

  private NightPlan plan() {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                Path.of("conf/examples/online-retail.yaml"),
                Map.of(),
                List.of(
                    "inputs.transactions.path="
                        + RealData.folder("online_retail").resolve("transactions").toAbsolutePath(),
                    "output.path=" + folder),
                problems),
            problems);
    problems.throwIfAny();
    return plan;
  }
}
