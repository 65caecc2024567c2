package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.models.Model;
import io.karat.models.ModelChoice;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.LifetimeSettings.Family;
import io.karat.settings.LifetimeSettings.Occasion;
import io.karat.settings.LifetimeSettings.SpendOn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimeChoiceTest {
  /** The accepted model comes first, then that of the night before. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MANUAL | 2026-03-10 | 2026-03-01 2026-02-01 | 2026-03-01 | 9",
        "MANUAL | 2026-03-10 | 2026-02-01 2026-03-01 | 2026-02-01 | 37",
        "AUTO   | 2026-03-10 | 2026-02-01 2026-03-01 | 2026-03-01 | 9",
        "MANUAL | 2026-02-10 | 2026-03-01 2026-02-01 | 2026-02-01 | 9",
        "AUTO   | 2026-01-01 | 2026-03-01 2026-02-01 | 2026-02-01 | -31",
        "MANUAL | 2026-03-01 | 2026-03-01            | 2026-03-01 | 0"
      })
  void theFirstThatWasTrainedByTheNightDecides(
      Accept accept, LocalDate night, String inForce, LocalDate chosen, long age) {
    List<Model> models =
        Stream.of(inForce.split(" ", -1)).map(day -> model(day, "bgnbd", "sale")).toList();
    ModelChoice<LifetimeModel> choice =
        LifetimeModel.choice(models, settings(accept, Occasion.SALE), night).orElseThrow();

    assertEquals(chosen, choice.model().trainedAsOf());
    assertEquals(age, choice.ageDays());
    assertEquals(age < 0, choice.isTrainedLater());
  }

  @Test
  void aModelOfSomethingElseIsNotUsed() {
    List<Model> models =
        List.of(model("2026-03-01", "mbgnbd", "sale"), model("2026-03-01", "bgnbd", "sale"));
    LocalDate night = LocalDate.of(2026, 3, 2);

    assertEquals(
        PurchaseFamily.BGNBD,
        LifetimeModel.choice(models, settings(Accept.MANUAL, Occasion.SALE), night)
            .orElseThrow()
            .model()
            .purchase()
            .family());
    assertTrue(
        LifetimeModel.choice(models, settings(Accept.MANUAL, Occasion.POSITIVE_NET), night)
            .isEmpty());
  }

  private static Model model(String day, String family, String occasion) {
    return new Model(
        "lifetime",
        """
        {"format": 1, "kind": "lifetime", "trained_as_of": "%s", "occasion": "%s", "spend": null,
         "purchase": {"model": "%s", "parameters": {"r": 0.2, "alpha": 30, "a": 0.8, "b": 2.4}}}
        """
            .formatted(day, occasion, family));
  }

  private static LifetimeSettings settings(Accept accept, Occasion occasion) {
    return new LifetimeSettings(
        Family.BGNBD,
        SpendOn.BEST,
        occasion,
        List.of(365),
        new BigDecimal("0.1"),
        Optional.empty(),
        new BigDecimal("30.4375"),
        30,
        accept);
  }
}
