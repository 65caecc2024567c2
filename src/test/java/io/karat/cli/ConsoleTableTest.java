package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {
  @Test
  void numbersStandAtTheRightAndTextsAtTheLeft() {
    ConsoleTable tiers =
        new ConsoleTable("tier", "customers", "net sales")
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
    ConsoleTable tiers =
        new ConsoleTable("等级", "tier", "客户数").row("铂金（新）", "platinum", 12).row("ｱé", "x", 3);

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
    assertEquals("run  day\n---  ---\n", text(new ConsoleTable("run", "day")));
  }

  @Test
  void refusesARowOfAnotherWidth() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> new ConsoleTable("run", "day").row("71d0"));

    assertEquals("A row has 1 cells: expected one for each of [run, day]", error.getMessage());
  }

  @Test
  void figuresAreTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals("1,234,567", ConsoleNumbers.text(1_234_567L));
      assertEquals("-1,234.50", ConsoleNumbers.text(new BigDecimal("-1234.50")));
      assertEquals("1,000", ConsoleNumbers.text(new BigDecimal("1E+3")));
      assertEquals("0.25", ConsoleNumbers.text(0.25));
      assertEquals("1 file", ConsoleNumbers.text(1, "file"));
      assertEquals("1,200 files", ConsoleNumbers.text(1_200, "file"));
      assertEquals("0 files", ConsoleNumbers.text(0, "file"));
      assertEquals(
          "2026-03-02T01:00:00Z",
          ConsoleNumbers.text(Instant.parse("2026-03-02T01:00:00.123456789Z")));
      assertEquals("8,016 rows/s", ConsoleNumbers.rate(12_345, 1_540_000_000L));
      assertEquals("", ConsoleNumbers.rate(0, 1_540_000_000L));
      assertEquals("", ConsoleNumbers.rate(12_345, 0));
      assertEquals("0.0 s", ConsoleNumbers.time(0));
      assertEquals("59.9 s", ConsoleNumbers.time(59_940_000_000L));
      assertEquals("1 min 00 s", ConsoleNumbers.time(59_960_000_000L));
      assertEquals("125 min 03 s", ConsoleNumbers.time(7_503_000_000_000L));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String text(ConsoleTable table) {
    return String.join("\n", table.lines()) + "\n";
  }
}
