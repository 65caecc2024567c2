package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NumberFormatsTest {
  private static final NumberFormats ENGLISH = numbers(Language.EN);
  private static final NumberFormats CHINESE = numbers(Language.ZH);

  @Test
  void moneyHasItsCurrency() {
    assertEquals("1,234.56 GBP", spaced(ENGLISH.money(new BigDecimal("1234.555"))));
    assertEquals("\u22121,234.56 GBP", spaced(CHINESE.money(new BigDecimal("-1234.56"))));
    assertEquals(
        "7.00", new NumberFormats(Language.EN, Optional.empty(), 2).money(new BigDecimal("7")));
  }

  @Test
  void largeNumbersAreShort() {
    assertEquals("9,999", ENGLISH.shortly(new BigDecimal("9999")));
    assertEquals("12.3k", ENGLISH.shortly(new BigDecimal("12345")));
    assertEquals("2.0bn", ENGLISH.shortly(new BigDecimal("1999999999")));
    assertEquals("1.2万", spaced(CHINESE.shortly(new BigDecimal("12345"))));
    assertEquals("\u22123.0亿", spaced(CHINESE.shortly(new BigDecimal("-300000000"))));
  }

  @Test
  void sharesHaveOneDecimal() {
    assertEquals("71.3 %", spaced(ENGLISH.percent(new BigDecimal("0.7125"))));
    assertEquals("71.3%", CHINESE.percent(new BigDecimal("0.7125")));
    assertEquals("20 %", spaced(ENGLISH.setPercent(new BigDecimal("0.20"))));
    assertEquals("17.6%", CHINESE.setPercent(new BigDecimal("0.17647")));
    assertEquals("100%", CHINESE.setPercent(BigDecimal.ONE));
    assertEquals("< 0.1 %", spaced(ENGLISH.percent(new BigDecimal("0.0004"))));
    assertEquals("0.0 %", spaced(ENGLISH.percent(BigDecimal.ZERO)));
    assertEquals("> \u22120.1 %", spaced(ENGLISH.percent(new BigDecimal("-0.0004"))));
    assertEquals("> 99.9 %", spaced(ENGLISH.percent(new BigDecimal("0.9996"))));
    assertEquals("99.9 %", spaced(ENGLISH.percent(new BigDecimal("0.9985"))));
    assertEquals("100.0 %", spaced(ENGLISH.percent(BigDecimal.ONE)));
    assertEquals("\u22125.0 %", spaced(ENGLISH.percent(new BigDecimal("-0.05"))));
  }

  @Test
  void numbersInSentencesOfTablesReadAsThoseOfThePage() {
    String sentence = "Since 2026-01-04 the bias of c-1 is -24.4 %, or -1,234.50 GBP (-3 to 5 %).";

    assertEquals(
        "Since 2026-01-04 the bias of c-1 is \u221224.4_%, or \u22121,234.50_GBP (\u22123 to 5_%).",
        ENGLISH.typeset(sentence).replace('\u00a0', '_'));
    assertEquals("偏差为 \u221224.4%。", CHINESE.typeset("偏差为 -24.4 %。"));
  }

  /** A probability of a model is rounded to 0 or 1, and is neither. */
  @Test
  void nothingIsImpossibleAndNothingCertain() {
    assertEquals("< 0.1 %", spaced(ENGLISH.chance(new BigDecimal("0.000000"))));
    assertEquals("> 99.9 %", spaced(ENGLISH.chance(new BigDecimal("1.000000"))));
    assertEquals("13.5 %", spaced(ENGLISH.chance(new BigDecimal("0.135"))));
  }

  /** An amount of a source with a tenth of a penny. */
  @Test
  void anAmountHasNoMoreDecimalsThanItsCurrency() {
    NumberFormats pence =
        new NumberFormats(Language.EN, Optional.of(Currency.getInstance("GBP")), 3);
    NumberFormats yen = new NumberFormats(Language.EN, Optional.of(Currency.getInstance("JPY")), 2);

    assertEquals("484.21 GBP", spaced(pence.money(new BigDecimal("484.208"))));
    assertEquals("484 JPY", spaced(yen.money(new BigDecimal("484.20"))));
    assertEquals(
        "484.208",
        new NumberFormats(Language.EN, Optional.empty(), 3).money(new BigDecimal("484.208")));
  }

  @Test
  void plainNumbersHaveAboutThreeDigits() {
    assertEquals("254", ENGLISH.plain(new BigDecimal("254.3")));
    assertEquals("21.8", ENGLISH.plain(new BigDecimal("21.77")));
    assertEquals("0.05", ENGLISH.plain(new BigDecimal("0.05")));
    assertEquals("47", ENGLISH.plain(new BigDecimal("47.000000")));
  }

  private static NumberFormats numbers(Language language) {
    return new NumberFormats(language, Optional.of(Currency.getInstance("GBP")), 2);
  }

  private static String spaced(String text) {
    return text.replace('\u00a0', ' ');
  }
}
