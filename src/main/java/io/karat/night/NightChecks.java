package io.karat.night;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.publishing.Release;
import io.karat.quality.CheckResult;
import io.karat.quality.DailyRows;
import io.karat.quality.DayChecks;
import io.karat.quality.InputChecks;
import io.karat.quality.RowCountChange;
import io.karat.settings.CalendarSettings;
import io.karat.settings.Checks;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks of a night's inputs, computed from the accounts of their rows alone. */
record NightChecks(
    Checks settings, CalendarSettings calendar, Money money, NightInput input, LocalDate asOf) {
  /**
   * Runs every check that may refuse the night or warn.
   *
   * @param before the facts of the inputs of the night before
   */
  List<CheckResult> all(Optional<Release> nightBefore, Optional<JsonNode> before) {
    RowCountChange rowCounts =
        new RowCountChange(settings.rowCountChange(), nightBefore.map(Release::asOf));
    List<CheckResult> results = new ArrayList<>();
    results.add(
        rowCounts.check(
            "rows",
            PublishedTables.CUSTOMER_INDICATORS,
            input.customers(),
            rows(nightBefore, PublishedTables.CUSTOMER_INDICATORS)));
    for (InputAccount account : input.accounts()) {
      InputChecks checks = of(account);
      results.addAll(checks.reconcile());
      results.addAll(checks.maxQuarantine());
      results.addAll(checks.unreadableValues(account.tallies().unreadableValues()));
      results.addAll(checks.unmatchedRows(account.tallies().unmatchedRows()));
      account.largestCustomer().flatMap(checks::largestCustomer).ifPresent(results::add);
      if (account.equals(input.leading()) && !account.table().isSnapshot()) {
        DayChecks days = days(account);
        results.add(days.freshness());
        results.add(days.anomaly());
      }
      results.add(
          rowCounts.check(
              "rows_used",
              account.name(),
              account.balance().used().rows(),
              account.usedBefore(before)));
      account
          .keys()
          .ifPresent(keys -> results.addAll(checks.unique(keys, account.table().isOfEvents())));
      account
          .overlap()
          .flatMap(it -> it.check(settings.unmatchedCustomers()))
          .ifPresent(results::add);
    }
    return results;
  }

  /** The balance of every input for the record: rows and amounts by outcome. */
  List<CheckResult> balances() {
    return input.accounts().stream().flatMap(account -> of(account).balanced().stream()).toList();
  }

  private InputChecks of(InputAccount account) {
    return new InputChecks(
        account.name(),
        settings,
        account.balance(),
        account.tallies().rowsByDay(asOf),
        account.quarantined(),
        money);
  }

  private DayChecks days(InputAccount account) {
    return new DayChecks(
        account.name(),
        settings,
        DailyRows.of(asOf, account.tallies().candidatesByDay(), calendar));
  }

  private static Optional<Long> rows(Optional<Release> release, String table) {
    return release.flatMap(
        earlier -> Optional.ofNullable(earlier.tables().get(table)).map(Release.Table::rows));
  }
}
