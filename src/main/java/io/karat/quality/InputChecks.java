package io.karat.quality;

import static io.karat.quality.PlainNumbers.percent;
import static io.karat.quality.PlainNumbers.plain;

import io.karat.input.InputBalance;
import io.karat.input.KeyCounts;
import io.karat.input.QuarantineReason;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Checks.Severity;
import io.karat.settings.Translations;
import io.karat.tables.Money;
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
    QuarantinedRows quarantined,
    Money money) {
  private static final int NEWEST_DAYS = 7;
  private static final int DECIMALS = 6;
  private static final int FEW_ROWS = 10_000;

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
              results.add(
                  counted(
                      "rows_" + term,
                      BigDecimal.valueOf(amount.rows()),
                      plain(BigDecimal.valueOf(amount.rows()))));
              results.add(counted("amount_" + term, amount.amount(), money.text(amount.amount())));
            });
    return results;
  }

  private CheckResult counted(String metric, BigDecimal value, String text) {
    return new CheckResult(
        "balance",
        table,
        metric,
        Optional.of(value),
        Optional.empty(),
        true,
        Severity.ERROR,
        Translations.text("check.balance", Translations.named("metric", metric), table, text));
  }

  /**
   * The checks of the share of quarantined rows, in the whole table and in its newest days; none
   * where there is no row.
   */
  public List<CheckResult> maxQuarantine() {
    InputBalance.Term excluded = balance.excluded();
    List<LocalDate> days = List.copyOf(rowsByDay.keySet());
    List<LocalDate> newest = days.subList(Math.max(0, days.size() - NEWEST_DAYS), days.size());
    List<CheckResult> results = new ArrayList<>();
    long rows = balance.read().rows() - excluded.rows();
    if (rows > 0) {
      results.add(
          quarantine(
              "share_of_rows",
              balance.quarantined().rows(),
              rows,
              quarantined,
              Translations.text("check.max_quarantine.all")));
    }
    long newestRows = newest.stream().mapToLong(day -> rowsByDay.get(day)).sum();
    if (newestRows > 0) {
      results.add(
          quarantine(
              "share_of_rows_newest_7_days",
              quarantined.of(newest).rows(),
              newestRows,
              quarantined.of(newest),
              Translations.text("check.max_quarantine.newest")));
    }
    return results;
  }

  /**
   * The checks that no key stands for several events, nor came again with other content.
   *
   * @param isOfEvents whether rows are events; else only several rows of one key are looked at
   */
  public List<CheckResult> unique(KeyCounts keys, boolean isOfEvents) {
    List<CheckResult> results = new ArrayList<>();
    if (isOfEvents) {
      results.add(
          unique(
              "repeated_keys",
              keys.repeated(),
              "check.unique.repeated",
              Translations.text("check.unique.repeated.advice")));
    }
    keys.contradicted()
        .map(
            count ->
                unique(
                    "contradicted_keys",
                    count,
                    isOfEvents ? "check.unique.contradicted" : "check.unique.several_rows",
                    Translations.text("check.unique.contradicted.advice", table)))
        .ifPresent(results::add);
    return results;
  }

  private CheckResult unique(String metric, long keys, String text, BilingualText advice) {
    return CheckResult.atMost(
        new Limit(checks.unique(), BigDecimal.ZERO),
        "unique",
        table,
        metric,
        Optional.of(BigDecimal.valueOf(keys)),
        Translations.text(text, table, keys, keys == 0 ? "" : advice));
  }

  /**
   * The checks that no optional value is there and cannot be read.
   *
   * @param values the number of used rows with such a value, by column
   */
  public List<CheckResult> unreadableValues(SortedMap<String, Long> values) {
    List<CheckResult> results = new ArrayList<>();
    values.forEach((column, count) -> results.add(unreadable(column, count)));
    return results;
  }

  private CheckResult unreadable(String column, long values) {
    BigDecimal most = checks.maxUnreadable().multiply(BigDecimal.valueOf(balance.used().rows()));
    boolean isRefused = BigDecimal.valueOf(values).compareTo(most) > 0;
    return new CheckResult(
        "unreadable_values",
        table,
        column,
        Optional.of(BigDecimal.valueOf(values)),
        Optional.of(BigDecimal.ZERO),
        values == 0,
        isRefused ? Severity.ERROR : Severity.WARN,
        Translations.text(
            "check.unreadable_values",
            column,
            table,
            values,
            balance.used().rows(),
            values == 0
                ? ""
                : Translations.text(
                    "check.unreadable_values.advice", percent(checks.maxUnreadable()), table)));
  }

  /**
   * The checks that joined tables have a row for nearly all of the input's.
   *
   * @param rows the number of rows without one, by table
   */
  public List<CheckResult> unmatchedRows(SortedMap<String, Long> rows) {
    List<CheckResult> results = new ArrayList<>();
    rows.forEach(
        (join, count) ->
            results.add(
                CheckResult.atMost(
                    checks.unmatchedRows(),
                    "unmatched_rows",
                    table,
                    join,
                    Optional.of(share(count, balance.read().rows())),
                    Translations.text(
                        "check.unmatched_rows",
                        count,
                        balance.read().rows(),
                        table,
                        join,
                        percent(checks.unmatchedRows().max())))));
    return results;
  }

  /**
   * The check that no customer has a large share of the rows; none of an input with few, of which a
   * share says little.
   *
   * @param rows the number of used rows of the customer with the most
   */
  public Optional<CheckResult> largestCustomer(long rows) {
    long all = balance.used().rows();
    if (all < FEW_ROWS) {
      return Optional.empty();
    }

    Limit limit = checks.largestCustomerShare();
    BigDecimal share = share(rows, all);
    return Optional.of(
        CheckResult.atMost(
            limit,
            "largest_customer_share",
            table,
            "share_of_used_rows",
            Optional.of(share),
            Translations.text(
                "check.largest_customer_share",
                rows,
                all,
                table,
                percent(share, limit.max()),
                percent(limit.max()),
                share.compareTo(limit.max()) > 0
                    ? Translations.text("check.largest_customer_share.advice", table)
                    : "")));
  }

  static BigDecimal share(long part, long rows) {
    return rows == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(rows), DECIMALS, RoundingMode.HALF_UP);
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
        Translations.text(
            difference.signum() == 0 ? "check.reconcile.met" : "check.reconcile",
            Translations.named("metric", metric),
            table,
            plain(difference)));
  }

  private CheckResult quarantine(
      String metric, long refused, long rows, QuarantinedRows which, BilingualText scope) {
    BigDecimal max = checks.maxQuarantine();
    BigDecimal share = share(refused, rows);
    return new CheckResult(
        "max_quarantine",
        table,
        metric,
        Optional.of(share),
        Optional.of(max),
        BigDecimal.valueOf(refused).compareTo(max.multiply(BigDecimal.valueOf(rows))) <= 0,
        Severity.ERROR,
        Translations.text(
            "check.max_quarantine",
            refused,
            rows,
            table,
            percent(share, max),
            scope,
            percent(max),
            refused == 0 ? "" : reasons(which),
            which.has(QuarantineReason.UNREADABLE_TEXT)
                ? Translations.text("check.max_quarantine.charset", table)
                : ""));
  }

  private static BilingualText reasons(QuarantinedRows rows) {
    return Translations.text(
        "check.max_quarantine.reasons", new BilingualText(rows.reasons(", "), rows.reasons("、")));
  }
}
