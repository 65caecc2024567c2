package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedLifetime;
import io.karat.lifetime.LifetimeModel;
import io.karat.models.Model;
import io.karat.night.CustomerIds;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExplainedLifetimeSectionTest {
  private static final Model MODEL =
      new Model(
          "lifetime",
          """
          {"format": 1, "kind": "lifetime", "trained_as_of": "2026-02-01", "occasion": "sale", "spend": null,
           "purchase": {"model": "bgnbd", "parameters": {"r": 0.243, "alpha": 30.9, "a": 0.793, "b": 2.43}}}
          """);

  @Test
  void inputsOfTheModelStandBesideItsPredictions() {
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    values.put("p_alive", Optional.of(new BigDecimal("0.720000")));
    values.put("lifetime_value_next_365d", Optional.empty());
    ExplainedLifetime lifetime =
        new ExplainedLifetime(LifetimeModel.parse(MODEL), 2, 213, 272, values);

    assertEquals(
        """
        Customer lifetime value, by model %s fitted on 2026-02-01: bgnbd r 0.243, alpha 30.9, a 0.793, b 2.43
          x = 2 repeat purchases, the last t_x = 213 days after the first, which was T = 272 days ago
          column                    value
          ------------------------  -----
          p_alive                   0.72
          lifetime_value_next_365d  ?
        """
            .formatted(MODEL.id())
            .lines()
            .toList(),
        new ExplainedLifetimeSection(Language.EN).lines(explained(lifetime)));
  }

  private static CustomerExplanation explained(ExplainedLifetime lifetime) {
    return new CustomerExplanation(
        new CustomerIds("x", "x", new TreeSet<>(), false),
        LocalDate.of(2026, 3, 1),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(lifetime),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
