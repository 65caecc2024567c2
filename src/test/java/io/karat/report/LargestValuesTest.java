package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of 10,000 towns of one customer and net sales of their number each, and two regions. */
class LargestValuesTest {
  private static final int TOWNS = 10_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theLargestAreKeptAndTheOthersAreOneRowInAnyOrder(long seed) {
    List<TableRow> all = new ArrayList<>();
    for (int town = 0; town < TOWNS; town++) {
      all.add(row("town", "t%05d".formatted(town), 1, town));
    }
    all.add(row("region", "north", 7_000, 1));
    all.add(row("region", "south", 3_000, 2));
    all.add(market("nobody lives here", 2_000_000));
    Collections.shuffle(all, new Random(seed));
    LargestValues values = new LargestValues();
    all.forEach(values::add);

    List<TableRow> rows = values.rows();
    List<TableRow> towns = of("town", rows);
    assertTrue(towns.size() <= 2 * LargestValues.MOST + 1, () -> towns.size() + " rows");
    assertEquals(2, of("region", rows).size());
    assertEquals(
        "t09999",
        towns.stream()
            .sorted(LargestValues.by(LargestValues.SALES))
            .skip(1)
            .findFirst()
            .orElseThrow()
            .word("value"));
    assertEquals(
        "nobody lives here",
        towns.stream().min(LargestValues.by(LargestValues.SIZE)).orElseThrow().word("value"));
    // The market without a customer is a row too.
    assertEquals(TOWNS + 1, LargestValues.count(towns));
    assertEquals(BigDecimal.valueOf(TOWNS), TableRow.sum(towns, "customer_count"));
    assertEquals(
        BigDecimal.valueOf(TOWNS * (TOWNS - 1L) / 2), TableRow.sum(towns, LargestValues.SALES));
  }

  private static List<TableRow> of(String characteristic, List<TableRow> rows) {
    return rows.stream().filter(it -> it.word("characteristic").equals(characteristic)).toList();
  }

  private static TableRow row(String characteristic, String value, long customers, long sales) {
    return new TableRow(
        Map.of(
            "characteristic",
            characteristic,
            "value",
            value,
            "customer_count",
            customers,
            LargestValues.SALES,
            sales));
  }

  private static TableRow market(String town, long size) {
    Map<String, Object> values = new HashMap<>(row("town", town, 0, 0).values());
    values.put(LargestValues.SIZE, size);
    return new TableRow(values);
  }
}
