package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.NullNode;
import io.karat.models.Model;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.publishing.Staging;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test of the models in the identity of a run: accepted ones are part of it, those that a run fits
 * itself are not.
 */
@ExtendWith(LocalSpark.class)
class RunIdentityTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final LocalDate SECOND = LocalDate.parse("2026-03-02");
  private static final Model LEARNED = new Model("cuts", "{\"at\": 1}\n");
  private static final Model FITTED = new Model("cuts", "{\"at\": 2}\n");

  private final SparkSession spark;
  @TempDir Path folder;

  RunIdentityTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void whatARunLearnedForItselfCountsAsNone() throws IOException {
    ToyFirm firm = ToyFirm.at(spark, folder);
    OutputFolder out = firm.out();
    String first = id(firm, FIRST);
    String secondWithoutAFirst = id(firm, SECOND);

    try (RunLock lock = out.lock("a first run")) {
      publish("a", FIRST, LEARNED, out, lock);
      assertEquals(first, id(firm, FIRST), "a repeat of the first night is unchanged");
      String second = id(firm, SECOND);
      assertNotEquals(secondWithoutAFirst, second);
      assertEquals(Map.of("cuts", LEARNED.id()), NightPreview.models(out.head(), SECOND));

      out.models().accept(LEARNED, lock);
      String accepted = id(firm, SECOND);
      assertNotEquals(second, accepted);
      assertNotEquals(first, id(firm, FIRST));

      out.models().accept(FITTED, lock);
      assertNotEquals(accepted, id(firm, SECOND));
      assertEquals(Map.of("cuts", FITTED.id()), NightPreview.models(out.head(), SECOND));

      out.models().accept(LEARNED, lock);
      assertEquals(accepted, id(firm, SECOND), "only what is accepted now counts");
    }
  }

  private void publish(String run, LocalDate asOf, Model model, OutputFolder out, RunLock lock)
      throws IOException {
    Staging staging = out.stage(run, asOf, out.head(), lock);
    staging.use(model);
    out.commit(staging.complete(Map.of(), NullNode.getInstance(), false), lock);
  }

  private String id(ToyFirm firm, LocalDate asOf) throws IOException {
    return RunIdentity.of(firm.plan(), asOf, List.of(), firm.out().head()).id();
  }
}
