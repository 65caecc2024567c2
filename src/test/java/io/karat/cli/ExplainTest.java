package io.karat.cli;

import io.karat.CustomerExplanation;
import io.karat.ExplainedFirm;
import io.karat.NightPlan;
import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who asks how the numbers of a customer come about. */
@ExtendWith(LocalSpark.class)
class ExplainTest {
  @TempDir private Path folder;

  @Test
  void look(SparkSession spark) throws IOException {
    ExplainedFirm firm = ExplainedFirm.at(spark, folder);
    firm.firm().run(ExplainedFirm.NIGHT, firm.settings());
    for (String id : new String[] {"ann-web", "bob", "cid"}) {
      long start = System.nanoTime();
      System.out.println(shown(firm, id, Language.EN));
      System.out.println((System.nanoTime() - start) / 1e9);
    }
    System.out.println(shown(firm, "ann", Language.ZH));
  }

  private static String shown(ExplainedFirm firm, String customer, Language language)
      throws IOException {
    NightPlan plan = firm.firm().plan(firm.settings());
    CustomerExplanation explanation =
        CustomerExplanation.of(
            plan,
            customer,
            LocalDate.parse(ExplainedFirm.NIGHT),
            firm.firm().out(),
            firm.firm().spark());
    Transcript transcript = new Transcript(false);
    ExplainCommand.show(explanation, plan, language, transcript.console());
    return transcript.results();
  }
}
