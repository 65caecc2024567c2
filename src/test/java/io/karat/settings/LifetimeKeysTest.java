package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.LifetimeSettings.Family;
import io.karat.settings.LifetimeSettings.Occasion;
import io.karat.settings.LifetimeSettings.SpendOn;
import io.karat.settings.yaml.Problems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimeKeysTest {
  @Test
  void lifetimeValueIsOnByDefault() {
    LifetimeSettings byDefault =
        new LifetimeSettings(
            Family.BEST,
            SpendOn.BEST,
            Occasion.SALE,
            List.of(365),
            new BigDecimal("0.1"),
            Optional.empty(),
            new BigDecimal("30.4375"),
            30,
            Accept.MANUAL);

    assertEquals(byDefault, LifetimeSettings.builtIn());
    assertEquals(Optional.of(byDefault), read(Configurations.LEAST).lifetimeValue());
  }

  @Test
  void everyKeyCanBeSaid() {
    String yaml =
        """
        lifetime_value:
          model: contractual
          spend_on: repeats
          occasion: positive_net
          horizon_days: [90, 730]
          annual_discount: 8%
          holdout_days: 120
          contract_period_days: 365.25
          refit_after_days: 7
          accept: auto
        """;

    assertEquals(
        Optional.of(
            new LifetimeSettings(
                Family.CONTRACTUAL,
                SpendOn.REPEATS,
                Occasion.POSITIVE_NET,
                List.of(90, 730),
                new BigDecimal("0.08"),
                Optional.of(120),
                new BigDecimal("365.25"),
                7,
                Accept.AUTO)),
        read(Configurations.LEAST + yaml).lifetimeValue());
  }

  @Test
  void falseSwitchesItOff() {
    assertEquals(
        Optional.empty(), read(Configurations.LEAST + "lifetime_value: false\n").lifetimeValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{modell: best}         | unknown key 'lifetime_value.modell'. Did you mean"
            + " 'lifetime_value.model'?",
        "{model: bgnb}          | 'lifetime_value.model' is 'bgnb', expected bgnbd, paretonbd,"
            + " mbgnbd, contractual or best. Did you mean 'bgnbd'?",
        "{horizon_days: [0]}    | 'lifetime_value.horizon_days[0]' is '0', expected a whole number"
            + " from 1 to 3650.",
        "{horizon_days: []}     | 'lifetime_value.horizon_days' is an empty list, expected a list"
            + " of numbers of days such as [365].",
        "{annual_discount: 2}   | 'lifetime_value.annual_discount' is '2', expected a number from 0"
            + " to 1 or a percentage such as 1%.",
        "{contract_period_days: 0} | 'lifetime_value.contract_period_days' is '0', expected a number"
            + " above 0 and at most 3650.",
        "{holdout_days: some}   | 'lifetime_value.holdout_days' is 'some', expected auto or a whole"
            + " number from 1 to 3650.",
        "true                   | 'lifetime_value' is 'true', expected a mapping with keys such as"
            + " 'model', or false to switch it off."
      })
  void mistakesAreNamed(String written, String message) {
    Problems problems = new Problems();
    ConfigurationReader.read(
        "karat.yaml",
        Configurations.LEAST + "lifetime_value: " + written + "\n",
        Map.of(),
        List.of(),
        problems);

    assertEquals(List.of("karat.yaml:8: " + message), problems.messages());
  }

  private static Settings read(String yaml) {
    return Configurations.read(yaml);
  }
}
