package io.karat.generate;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class TradingCalendarTest {
  @Test
  void aDayHasAsManyTicksAsItHasTrade() {
    // Month times weekday in tenths: Saturday 14, Monday 9, Sunday 0; January 8, December 16.
    assertEquals(11, TradingCalendar.ticksOn(LocalDate.of(2024, 1, 6)));
    assertEquals(22, TradingCalendar.ticksOn(LocalDate.of(2024, 12, 7)));
    assertEquals(7, TradingCalendar.ticksOn(LocalDate.of(2024, 1, 8)));
    assertEquals(0, TradingCalendar.ticksOn(LocalDate.of(2024, 1, 7)));
  }

  @Test
  void aClosedDayGivesWayToTheNextOpenOne(SparkSession spark) {
    // Friday 5 January has 8 * 12 / 10 = 10 ticks, Saturday 11, Sunday none, Monday 7.
    TradingCalendar calendar = new TradingCalendar(LocalDate.of(2024, 1, 5), 4);

    assertFrame(
        frame(
            spark,
            "day int, ticks_before int, open_day int, date date",
            """
            0 | 0  | 0 | 2024-01-05
            1 | 10 | 1 | 2024-01-06
            2 | 21 | 3 | 2024-01-07
            3 | 21 | 3 | 2024-01-08
            4 | 28 |   | 2024-01-09
            """),
        frame(spark, "day int", "0\n1\n2\n3\n4")
            .select(
                col("day"),
                calendar.ticksBefore(col("day")).as("ticks_before"),
                calendar.openDayFrom(col("day")).as("open_day"),
                calendar.date(col("day")).as("date")));
  }
}
