package io.karat.indicators;

import static io.karat.settings.Translations.text;
import static java.util.stream.Collectors.joining;

import io.karat.settings.BilingualText;
import io.karat.settings.Characteristic;
import io.karat.settings.Characteristic.Kind;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.IndicatorSettings.Category;
import io.karat.settings.IndicatorSettings.Growth;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Indicators of what customers can buy in a year, and of the share of it that they buy here, as far
 * as the characteristics that they need are declared.
 *
 * @param declared characteristics by name
 */
record PurchasingPower(Map<String, Characteristic> declared) {
  private static final String POWER = "purchasing_power";
  private static final String WALLET = "share_of_wallet";
  private static final String SPEND_SHARE = "spend_share";

  PurchasingPower {
    declared = Map.copyOf(declared);
  }

  Map<String, IndicatorSettings> indicators() {
    Map<String, IndicatorSettings> indicators = new LinkedHashMap<>();
    List<Characteristic> sources =
        Stream.of("annual_sales", "monthly_income").flatMap(name -> number(name).stream()).toList();
    if (sources.isEmpty()) {
      return indicators;
    }

    Location at = sources.get(0).at();
    String amounts =
        sources.stream()
            .map(it -> it.name().equals("annual_sales") ? it.name() : "12 * " + it.name())
            .collect(joining(", ", "coalesce(", ")"));
    indicators.put(
        POWER,
        indicator(
            POWER,
            amounts,
            Unit.MONEY,
            text("characteristic.purchasing_power"),
            text("characteristic.purchasing_power.definition"),
            at));
    spendShare()
        .map("net_sales_amount_365d / (purchasing_power * %s)"::formatted)
        .map(
            sql ->
                indicator(
                    WALLET,
                    sql,
                    Unit.SHARE,
                    text("characteristic.share_of_wallet"),
                    text("characteristic.share_of_wallet.definition"),
                    at))
        .ifPresent(wallet -> indicators.put(WALLET, wallet));
    return indicators;
  }

  private Optional<Characteristic> number(String name) {
    return Optional.ofNullable(declared.get(name))
        .filter(it -> it.kind() == Kind.MONEY || it.kind() == Kind.NUMBER);
  }

  /** The share itself, or the number of a category such as the industry. */
  private Optional<String> spendShare() {
    return number(SPEND_SHARE)
        .map(Characteristic::name)
        .or(
            () ->
                Optional.ofNullable(declared.get(SPEND_SHARE))
                    .filter(it -> !it.values().isEmpty())
                    .map(it -> it.name() + "_value"));
  }

  private static IndicatorSettings indicator(
      String name,
      String sql,
      Unit unit,
      BilingualText label,
      BilingualText definition,
      Location at) {
    return new IndicatorSettings(
        name,
        Category.CHARACTERISTIC,
        new Expression(sql, at),
        Better.HIGHER,
        unit,
        Growth.NEVER,
        false,
        label,
        Optional.of(definition),
        List.of(),
        at);
  }
}
