package io.karat.quality;

import io.karat.input.InputBalance;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.settings.Checks.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The checks of one input.
 *
 * @param table the input
 * @param rowsByDay the number of rows of each event day up to the as-of day, without excluded ones
 * @param quarantined all rows that cannot be used
 */
public record InputChecks(
    String table,
    Checks checks,
    InputBalance balance,
    SortedMap<LocalDate, Long> rowsByDay,
    QuarantinedRows quarantined) {
  private static final int NEWEST_DAYS = 7;
  private static final int DECIMALS = 6;

  /** The checks that every row and every amount is accounted for. */
  public List<CheckResult> reconcile() {
    BigDecimal rows = BigDecimal.valueOf(balance.read().rows() - balance.accountedFor().rows());
    BigDecimal amount = balance.read().amount().subtract(balance.accountedFor().amount());
    return List.of(reconciled("unaccounted_rows", rows), reconciled("unaccounted_amount", amount));
  }

  /** The rows and the amount of each term of the balance, as results that are always met. */
  public List<CheckResult> balanced() {
    List<CheckResult> results = new ArrayList<>();
    balance
        .terms()
        .forEach(
            (term, amount) -> {
              results.add(counted("rows_" + term, BigDecimal.valueOf(amount.rows())));
              results.add(counted("amount_" + term, amount.amount()));
            });
    return results;
  }

  private CheckResult counted(String metric, BigDecimal value) {
    return new CheckResult(
        "balance",
        table,
        metric,
        Optional.of(value),
        Optional.empty(),
        true,
        Severity.ERROR,
        new BilingualText(
            "%s of '%s': %s.".formatted(metric, table, plain(value)),
            "“%s”的 %s：%s。".formatted(table, metric, plain(value))));
  }

  /** The checks of the share of quarantined rows, in the whole table and in its newest days. */
  public List<CheckResult> maxQuarantine() {
    InputBalance.Term excluded = balance.excluded();
    List<LocalDate> days = List.copyOf(rowsByDay.keySet());
    List<LocalDate> newest = days.subList(Math.max(0, days.size() - NEWEST_DAYS), days.size());
    return List.of(
        quarantine(
            "share_of_rows",
            balance.quarantined().rows(),
            balance.read().rows() - excluded.rows(),
            quarantined,
            new BilingualText("of all rows", "（全部行）")),
        quarantine(
            "share_of_rows_newest_7_days",
            quarantined.of(newest).rows(),
            newest.stream().mapToLong(day -> rowsByDay.get(day)).sum(),
            quarantined.of(newest),
            new BilingualText("of the rows of the newest 7 event days", "（最近 7 个事件日的行）")));
  }

  /** The check that the as-of day has at least one used row. */
  public CheckResult freshness(LocalDate asOf, long rowsOfDay) {
    boolean isMet = rowsOfDay > 0;
    return new CheckResult(
        "freshness",
        table,
        "rows_of_as_of_day",
        Optional.of(BigDecimal.valueOf(rowsOfDay)),
        Optional.of(BigDecimal.ONE),
        isMet,
        checks.freshness(),
        isMet
            ? new BilingualText(
                "'%s' has %d rows of %s.".formatted(table, rowsOfDay, asOf),
                "“%s”在 %s 有 %d 行。".formatted(table, asOf, rowsOfDay))
            : new BilingualText(
                "'%s' has no row of %s: expected at least one. Check that the day was delivered."
                    .formatted(table, asOf),
                "“%s”在 %s 没有任何行，应至少一行。请检查当日数据是否已送达。".formatted(table, asOf)));
  }

  /** The check that no key stands for several events. */
  public CheckResult unique(long repeatedKeys) {
    return new CheckResult(
        "unique",
        table,
        "repeated_keys",
        Optional.of(BigDecimal.valueOf(repeatedKeys)),
        Optional.of(BigDecimal.ZERO),
        repeatedKeys == 0,
        checks.unique(),
        new BilingualText(
            "%d keys of '%s' appear under several customers or days: expected 0. Check the key."
                .formatted(repeatedKeys, table),
            "“%2$s”有 %1$d 个键出现在多个客户或日期下，应为 0。请检查键。".formatted(repeatedKeys, table)));
  }

  /** The check of a relative change since the night before; met if there was none or it was 0. */
  public CheckResult change(String metric, String what, long now, Optional<Long> before) {
    Checks.RowCountChange allowed = checks.rowCountChange();
    Optional<BigDecimal> change =
        before
            .filter(count -> count > 0)
            .map(
                count ->
                    BigDecimal.valueOf(now - count)
                        .divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_UP)
                        .abs());
    return new CheckResult(
        "row_count_change",
        what,
        metric,
        change,
        Optional.of(allowed.max()),
        change.map(share -> share.compareTo(allowed.max()) <= 0).orElse(true),
        allowed.severity(),
        change
            .map(
                share ->
                    new BilingualText(
                        "%s of '%s' changed by %s from %d to %d: expected at most %s."
                            .formatted(
                                metric,
                                what,
                                percent(share),
                                before.orElseThrow(),
                                now,
                                percent(allowed.max())),
                        "“%s”的 %s 变化 %s（由 %d 到 %d），应不超过 %s。"
                            .formatted(
                                what,
                                metric,
                                percent(share),
                                before.orElseThrow(),
                                now,
                                percent(allowed.max()))))
            .orElse(
                new BilingualText(
                    "%s of '%s': no night to compare with.".formatted(metric, what),
                    "“%s”的 %s：没有可比较的前夜。".formatted(what, metric))));
  }

  private CheckResult reconciled(String metric, BigDecimal difference) {
    return new CheckResult(
        "reconcile",
        table,
        metric,
        Optional.of(difference),
        Optional.of(BigDecimal.ZERO),
        difference.signum() == 0,
        Severity.ERROR,
        new BilingualText(
            "%s of '%s': %s, expected 0.".formatted(metric, table, plain(difference)),
            "“%s”的 %s：%s，应为 0。".formatted(table, metric, plain(difference))));
  }

  private CheckResult quarantine(
      String metric, long refused, long rows, QuarantinedRows which, BilingualText scope) {
    BigDecimal share =
        rows == 0
            ? BigDecimal.ZERO
            : BigDecimal.valueOf(refused)
                .divide(BigDecimal.valueOf(rows), DECIMALS, RoundingMode.HALF_UP);
    boolean isMet =
        BigDecimal.valueOf(refused)
                .compareTo(checks.maxQuarantine().multiply(BigDecimal.valueOf(rows)))
            <= 0;
    return new CheckResult(
        "max_quarantine",
        table,
        metric,
        Optional.of(share),
        Optional.of(checks.maxQuarantine()),
        isMet,
        Severity.ERROR,
        new BilingualText(
            "%d of %d rows of '%s' cannot be used, %s %s: expected at most %s.%s"
                .formatted(
                    refused,
                    rows,
                    table,
                    percent(share),
                    scope.en(),
                    percent(checks.maxQuarantine()),
                    refused == 0 ? "" : " Reasons: %s.".formatted(which.reasons(", "))),
            "“%s”的 %d 行中有 %d 行不可用，占 %s%s，应不超过 %s。%s"
                .formatted(
                    table,
                    rows,
                    refused,
                    percent(share),
                    scope.zh(),
                    percent(checks.maxQuarantine()),
                    refused == 0 ? "" : "原因：%s。".formatted(which.reasons("、")))));
  }

  private static String percent(BigDecimal share) {
    return plain(share.movePointRight(2)) + " %";
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
