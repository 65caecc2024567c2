package io.karat.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.karat.input.InputBalance;
import io.karat.input.QuarantineReason;
import io.karat.input.QuarantineRows;
import io.karat.input.RowCounts;
import io.karat.input.RowOutcome;
import io.karat.night.InputAccount;
import io.karat.night.InputReading;
import io.karat.night.NightPlan;
import io.karat.settings.InputTable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of a customer's rows in one input, by outcome.
 *
 * @param quarantined rows that could not be used, by reason, in the order of {@link
 *     QuarantineReason}
 */
public record CustomerRows(
    InputTable input, InputBalance balance, SortedMap<QuarantineReason, Long> quarantined) {
  public CustomerRows {
    quarantined = Collections.unmodifiableSortedMap(new TreeMap<>(quarantined));
  }

  static CustomerRows of(
      InputAccount account, NightPlan plan, InputReading reading, LocalDate asOf) {
    SortedMap<QuarantineReason, Long> reasons =
        hasRefusedLines(account)
            ? reasonsOfRows(account, plan, reading, asOf)
            : reasonsOfTallies(account.tallies());
    return new CustomerRows(account.table(), account.balance(), reasons);
  }

  /**
   * Whether a transaction is refused as a whole: its lines then have no reason of their own in the
   * tallies.
   */
  private static boolean hasRefusedLines(InputAccount account) {
    return account.balance().quarantined().rows() > account.tallies().quarantined().rows();
  }

  private static SortedMap<QuarantineReason, Long> reasonsOfTallies(RowCounts tallies) {
    SortedMap<QuarantineReason, Long> reasons = new TreeMap<>();
    for (QuarantineReason reason : QuarantineReason.values()) {
      long rows = tallies.of(reason.code()).rows();
      if (rows > 0) {
        reasons.put(reason, rows);
      }
    }
    return reasons;
  }

  private static SortedMap<QuarantineReason, Long> reasonsOfRows(
      InputAccount account, NightPlan plan, InputReading reading, LocalDate asOf) {
    Map<String, QuarantineReason> byCode = new TreeMap<>();
    Arrays.stream(QuarantineReason.values()).forEach(reason -> byCode.put(reason.code(), reason));
    SortedMap<QuarantineReason, Long> reasons = new TreeMap<>();
    QuarantineRows.of(
            reading.source(account.source()),
            plan.mapping(account.table()),
            reading.aliases(),
            asOf,
            true)
        .filter(col("reason").notEqual(RowOutcome.DUPLICATE))
        .groupBy("reason")
        .agg(count(lit(1)).as("rows"))
        .collectAsList()
        .forEach(
            row ->
                reasons.put(
                    byCode.getOrDefault(row.getString(0), QuarantineReason.NEGATIVE_AMOUNT),
                    row.getLong(1)));
    return reasons;
  }
}
