package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void numbersStandAtTheRightAndTextsAtTheLeft() {
    Table tiers =
        new Table("tier", "customers", "net sales")
            .row("platinum", 1200, new BigDecimal("1234567.50"))
            .row("basic", 7, "");

    assertEquals(
        """
        tier      customers     net sales
        --------  ---------  ------------
        platinum      1,200  1,234,567.50
        basic             7
        """,
        text(tiers));
  }

  @Test
  void aChineseCharacterTakesTwoColumns() {
    Table tiers = new Table("等级", "tier", "客户数").row("铂金（新）", "platinum", 12).row("ｱé", "x", 3);

    assertEquals(
        """
        等级        tier      客户数
        ----------  --------  ------
        铂金（新）  platinum      12
        ｱé          x              3
        """,
        text(tiers));
  }

  @Test
  void aTableWithoutRowsShowsItsHeadings() {
    assertEquals("run  day\n---  ---\n", text(new Table("run", "day")));
  }

  @Test
  void refusesARowOfAnotherWidth() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new Table("run", "day").row("71d0"));

    assertEquals("A row has 1 cells: expected one for each of [run, day]", error.getMessage());
  }

  @Test
  void figuresAreTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals("1,234,567", Figures.text(1_234_567L));
      assertEquals("-1,234.50", Figures.text(new BigDecimal("-1234.50")));
      assertEquals("1,000", Figures.text(new BigDecimal("1E+3")));
      assertEquals("0.25", Figures.text(0.25));
      assertEquals("1 file", Figures.text(1, "file"));
      assertEquals("1,200 files", Figures.text(1_200, "file"));
      assertEquals("0 files", Figures.text(0, "file"));
      assertEquals(
          "2026-03-02T01:00:00Z", Figures.text(Instant.parse("2026-03-02T01:00:00.123456789Z")));
      assertEquals("8,016 rows/s", Figures.rate(12_345, 1_540_000_000L));
      assertEquals("", Figures.rate(0, 1_540_000_000L));
      assertEquals("", Figures.rate(12_345, 0));
      assertEquals("0.0 s", Figures.time(0));
      assertEquals("59.9 s", Figures.time(59_940_000_000L));
      assertEquals("1 min 00 s", Figures.time(59_960_000_000L));
      assertEquals("125 min 03 s", Figures.time(7_503_000_000_000L));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String text(Table table) {
    return String.join("\n", table.lines()) + "\n";
  }
}
