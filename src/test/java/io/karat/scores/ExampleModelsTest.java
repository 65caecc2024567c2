package io.karat.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.indicators.IndicatorPlan;
import io.karat.settings.BilingualText;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models of the example configurations and of the documentation. */
class ExampleModelsTest {
  private static final Pattern EXAMPLES =
      Pattern.compile("```yaml\n(classification:.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({
    "conf/karat.yaml,                  scorecard.financial, false",
    "conf/examples/b2b-accounts.yaml,  labels.buyer_type,   false",
    "conf/examples/subscription.yaml,  churn,               false",
    "conf/examples/online-retail.yaml, churn,               true",
  })
  void planWithoutProblems(Path file, String part, boolean isOff) {
    Problems problems = new Problems();
    Settings settings = ConfigurationReader.read(file, Map.of(), List.of(), problems);
    ScorePlan plan = ScorePlan.of(settings, IndicatorPlan.of(settings, problems), problems);

    assertEquals(List.of(), problems.messages());
    assertEquals(isOff, plan.switchedOff().containsKey(part));
  }

  /** What has none is read as the words of its column or code, in English on a Chinese page too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf/karat.yaml",
        "conf/examples/b2b-accounts.yaml",
        "conf/examples/subscription.yaml",
        "conf/examples/online-retail.yaml"
      })
  void everyModelAndCodeHasAChineseName(Path file) {
    Problems problems = new Problems();
    Settings settings = ConfigurationReader.read(file, Map.of(), List.of(), problems);
    ScorePlan plan = ScorePlan.of(settings, IndicatorPlan.of(settings, problems), problems);
    List<BilingualText> names = new ArrayList<>();
    State.of(plan.models()).forEach(it -> names.add(plan.model(it.column())));
    plan.models().codes().forEach(it -> names.add(plan.name(it)));
    settings.allocation().keySet().forEach(it -> names.add(plan.name(it)));

    assertEquals(
        List.of(),
        names.stream().filter(it -> !it.zh().matches(".*\\p{IsHan}.*")).toList(),
        file::toString);
  }

  @Test
  void planAsTheDocumentsSay() throws IOException {
    Matcher models = EXAMPLES.matcher(Files.readString(Path.of("docs/configuration.md")));
    assertEquals(true, models.find());

    ScorePlan plan =
        Plans.of(
            Plans.EVERYTHING + models.group(1),
            "indicators.custom={sales_per_head: {window: none, value: net_sales_amount_365d /"
                + " staff}}");

    assertEquals(
        Set.of("margin", "potential", "profit"),
        Set.copyOf(plan.models().pyramids().stream().map(it -> it.name()).toList()));
    assertEquals(true, plan.models().rfm().orElseThrow().isNested());
  }
}
