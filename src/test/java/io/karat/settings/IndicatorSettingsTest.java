package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.IndicatorSettings.Category;
import io.karat.settings.IndicatorSettings.Growth;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IndicatorSettingsTest {
  @Test
  void ownMeasuresAndIndicatorsAreReadAsInTheDesign() {
    Settings settings =
        read(
            LEAST
                + """
                indicators:
                  measures:
                    web_sales: {table: transactions, per: row, where: "channel = 'WEB'", sum: amount}
                  custom:
                    web_share: {value: web_sales / sales_amount, unit: share, label: {en: Web share, zh: 网上占比}}
                """);

    assertEquals(
        new MeasureSettings(
            "web_sales",
            MeasureSource.TRANSACTIONS,
            Per.ROW,
            Over.WINDOW,
            Optional.of(expression("channel = 'WEB'", 10, "measures.web_sales.where")),
            Aggregate.SUM,
            expression("amount", 10, "measures.web_sales.sum"),
            at(10, "measures.web_sales")),
        settings.indicators().measures().get("web_sales"));
    assertEquals(
        new IndicatorSettings(
            "web_share",
            Category.TRADING,
            expression("web_sales / sales_amount", 12, "custom.web_share.value"),
            Better.HIGHER,
            Unit.SHARE,
            Growth.NEVER,
            true,
            new BilingualText("Web share", "网上占比"),
            Optional.empty(),
            List.of(),
            at(12, "custom.web_share")),
        settings.indicators().custom().get("web_share"));
  }

  @Test
  void theLabelOfAnIndicatorIsItsNameUnlessSaid() {
    assertEquals(new BilingualText("Web share", "Web share"), indicator("{value: x}").label());
  }

  @Test
  void whatIsSaidInOneLanguageHoldsForTheOther() {
    assertEquals(
        new BilingualText("网上占比", "网上占比"), indicator("{value: x, label: {zh: 网上占比}}").label());
    assertEquals(
        Optional.of(new BilingualText("a", "a")),
        indicator("{value: x, definition: {en: a}}").definition());
  }

  @Test
  void anIndicatorWithoutWindowIsOneColumn() {
    assertEquals(false, indicator("{value: x, window: none}").isWindowed());
    assertEquals(true, indicator("{value: x, window: each}").isWindowed());
  }

  @Test
  void aMeasureMayNameTheLargestChannel() {
    MeasureSettings measure =
        read(LEAST, "indicators.measures={best: {per: channel, largest: amount}}")
            .indicators()
            .measures()
            .values()
            .iterator()
            .next();

    assertEquals(Per.CHANNEL, measure.per());
    assertEquals(Aggregate.LARGEST, measure.aggregate());
  }

  @Test
  void ownIndicatorsComeInTheOrderOfTheirNames() {
    assertEquals(
        List.of("a", "b"),
        List.copyOf(
            read(LEAST, "indicators.custom={b: {value: x}, a: {value: x}}")
                .indicators()
                .custom()
                .keySet()));
  }

  @Test
  void aPhraseIsReadInItsLanguage() {
    BilingualText phrase = new BilingualText("Gold", "金卡");

    assertEquals("Gold", phrase.in(Language.EN));
    assertEquals("金卡", phrase.in(Language.ZH));
  }

  @Test
  void aWindowEndsAColumn() {
    assertEquals("365d", Window.ofDays(365).suffix());
    assertEquals("lifetime", Window.LIFETIME.suffix());
    assertEquals(
        "Invalid window of 0 days: expected 1 to 36500",
        assertThrows(IllegalArgumentException.class, () -> Window.ofDays(0)).getMessage());
  }

  private static IndicatorSettings indicator(String written) {
    return read(LEAST, "indicators.custom={web_share: %s}".formatted(written))
        .indicators()
        .custom()
        .values()
        .iterator()
        .next();
  }

  private static Expression expression(String sql, int line, String key) {
    return new Expression(sql, at(line, key));
  }

  private static Location at(int line, String key) {
    return new Location("karat.yaml:" + line, "indicators." + key);
  }
}
