package io.karat.quality;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.input.InputBalance;
import io.karat.input.InputBalance.Term;
import io.karat.input.KeyCounts;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of an input with 100 rows of March 1, each with an amount of 1. */
class InputChecksTest {
  private static final Money MONEY = new Money(2, Optional.of(Currency.getInstance("GBP")));
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                      | 1 | passed",
        "{}                      | 2 | refused",
        "{max_quarantine: 0}     | 1 | refused",
        "{max_quarantine: 2%}    | 2 | passed",
        "{max_quarantine: 100%}  | 9 | passed",
      })
  void theShareOfUnusableRowsMayEqualItsLimit(String checks, long unusable, String status) {
    for (CheckResult result : input(checks, unusable, unusable).maxQuarantine()) {
      assertEquals(status, result.status(), result.metric());
    }
  }

  @Test
  void unusableRowsAreCountedByReason() {
    List<CheckResult> results = input("{}", 3, 3).maxQuarantine();

    assertEquals(
        "refused | 3 of 100 rows of 'payments' cannot be used, 3 % of all rows: expected at most"
            + " 1 %. Reasons: 3 negative_amount."
            + " | “payments”的 100 行中有 3 行不可用，占全部行的 3 %，应不超过 1 %。原因：3 negative_amount。",
        Outcomes.of(results.get(0)));
    assertEquals(
        "refused | 3 of 100 rows of 'payments' cannot be used, 3 % of the rows of the newest 7"
            + " event days: expected at most 1 %. Reasons: 3 negative_amount."
            + " | “payments”的 100 行中有 3 行不可用，占最近 7 个事件日的行的 3 %，应不超过 1 %。原因：3 negative_amount。",
        Outcomes.of(results.get(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}               | 0 | passed",
        "{}               | 1 | warned",
        "{unique: error}  | 1 | refused",
        "{unique: off}    | 1 | off",
      })
  void noKeyMayStandForSeveralEvents(String checks, long keys, String status) {
    assertEquals(status, input(checks, 0, 0).unique(keys(keys), true).get(0).status());
    assertEquals(
        status,
        input(checks, 0, 0).unique(new KeyCounts(0, Optional.of(keys)), true).get(1).status());
  }

  @Test
  void repeatedKeysAreCounted() {
    assertEquals(
        "passed | Keys of 'payments' that appear under several customers or days: 0, expected 0."
            + " | “payments”中出现在多个客户或日期下的键：0 个，应为 0。",
        Outcomes.of(input("{}", 0, 0).unique(keys(0), true).get(0)));
    assertEquals(
        "warned | Keys of 'payments' that appear under several customers or days: 2, expected 0."
            + " Check the key. | “payments”中出现在多个客户或日期下的键：2 个，应为 0。请检查键。",
        Outcomes.of(input("{}", 0, 0).unique(keys(2), true).get(0)));
  }

  @Test
  void contradictionsAreCountedUnlessOneIsPreferred() {
    assertEquals(
        "warned | Keys of 'payments' that came again for the same customer and day with other"
            + " content: 2, expected 0. The highest row of each counts, the others are duplicates in"
            + " quarantine_payments. Say by 'inputs.payments.prefer' which one counts."
            + " | “payments”中同一客户同一天以不同内容再次出现的键：2 个，应为 0。每个键取最大的一行，其余作为重复行放在"
            + " quarantine_payments。请用“inputs.payments.prefer”说明以哪一行为准。",
        Outcomes.of(input("{}", 0, 0).unique(new KeyCounts(0, Optional.of(2L)), true).get(1)));
    assertEquals(1, input("{}", 0, 0).unique(keys(2), true).size());
  }

  /** The rows of a customer are no events of days, so nothing can be repeated there. */
  @Test
  void keysWithSeveralRowsAreCountedWhereRowsAreNoEvents() {
    List<CheckResult> results = input("{}", 0, 0).unique(new KeyCounts(0, Optional.of(2L)), false);

    assertEquals(
        List.of(
            "warned | Keys of 'payments' with several rows that say different things: 2, expected"
                + " 0. The highest row of each counts, the others are duplicates in"
                + " quarantine_payments. Say by 'inputs.payments.prefer' which one counts."
                + " | “payments”中有多行且内容互相矛盾的键：2 个，应为 0。每个键取最大的一行，其余作为重复行放在"
                + " quarantine_payments。请用“inputs.payments.prefer”说明以哪一行为准。"),
        results.stream().map(Outcomes::of).toList());
  }

  private static KeyCounts keys(long repeated) {
    return new KeyCounts(repeated, Optional.empty());
  }

  /** Of the smaller one: all customers may be prospects, or transactions of a few guests. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                             | 100 | 50  | 0  | warned",
        "{}                                             | 100 | 50  | 9  | warned",
        "{}                                             | 100 | 50  | 10 | passed",
        "{}                                             | 50  | 100 | 9  | warned",
        "{}                                             | 1   | 100 | 0  | none",
        "{unmatched_customers: {max: 10%}}              | 100 | 10  | 8  | warned",
        "{unmatched_customers: error}                   | 100 | 50  | 0  | refused",
      })
  void customersOfInputsMeet(
      String checks, long customers, long leading, long both, String status) {
    assertEquals(
        status,
        overlap(customers, leading, both)
            .check(Outcomes.configured(checks).unmatchedCustomers())
            .map(CheckResult::status)
            .orElse("none"));
  }

  @Test
  void idsThatNeverMeetAreShownByTheirForm() {
    assertEquals(
        "warned | Customers of 'transactions' that 'payments' does not name: 5 of 5, 100 %:"
            + " expected at most 80 %. What only one of them names has ids such as AA-9999 in"
            + " 'payments' and 9 in 'transactions' (9 is a digit, A and a are letters). If they mean"
            + " the same customers, write both alike in 'columns.customer_id', or map"
            + " 'inputs.aliases'."
            + " | “transactions”的客户中“payments”没有的：5 位中有 5 位，占 100 %，应不超过 80"
            + " %。只在一方出现的编号，在“payments”中形如 AA-9999，在“transactions”中形如"
            + " 9（9 为数字，A、a 为字母）。若指同一批客户，请在“columns.customer_id”中写成一致，或映射“inputs.aliases”。",
        Outcomes.of(
            overlap(9, 5, 0)
                .with(CustomerOverlap.formOf("KD-0007"), CustomerOverlap.formOf("7"))
                .check(Outcomes.configured("{}").unmatchedCustomers())
                .orElseThrow()));
    assertEquals("aaa.Aa@aaaaaaa.aa", CustomerOverlap.formOf("ann.Lé@example.cn"));
    assertEquals("a".repeat(24) + "…", CustomerOverlap.formOf("客".repeat(30)));
  }

  private static CustomerOverlap overlap(long customers, long leading, long both) {
    return new CustomerOverlap("payments", "transactions", customers, leading, both, "", "");
  }

  /** With 3 of 4 unusable rows in the balance, one row and an amount of 1 are nowhere. */
  @Test
  void aRowThatIsNowhereRefusesTheNight() {
    assertEquals(
        "passed | 'payments': 0 rows that are not accounted for." + " | “payments”去向不明的行数：0。",
        Outcomes.of(input("{}", 4, 4).reconcile().get(0)));
    assertEquals(
        "refused | 'payments': 1 rows that are not accounted for, expected 0."
            + " | “payments”去向不明的行数：1，应为 0。",
        Outcomes.of(input("{}", 4, 3).reconcile().get(0)));
    assertEquals("refused", input("{}", 4, 3).reconcile().get(1).status());
  }

  @Test
  void theBalanceIsPublishedTermByTerm() {
    List<CheckResult> balance = input("{}", 4, 4).balanced();

    assertEquals(12, balance.size());
    assertEquals(
        "passed | 'payments': 100 rows read. | “payments”读取行数：100。", Outcomes.of(balance.get(0)));
    assertEquals(
        "passed | 'payments': 100.00 GBP read. | “payments”读取金额：100.00 GBP。",
        Outcomes.of(balance.get(1)));
    assertEquals(Optional.empty(), balance.get(0).limit());
  }

  @Test
  void unusableRowsOfTheNewestSevenDaysAreCountedAlone() {
    TreeMap<LocalDate, Long> rowsByDay = new TreeMap<>();
    for (int day = 0; day < 8; day++) {
      rowsByDay.put(DAY.plusDays(day), day == 0 ? 93L : 1L);
    }
    InputChecks eightDays =
        new InputChecks(
            "payments",
            Outcomes.configured("{max_quarantine: 20%}"),
            new InputBalance(
                term(105), term(87), term(5), Term.NONE, term(13), Term.NONE, BigDecimal.ZERO),
            rowsByDay,
            new QuarantinedRows(
                List.of(
                    new QuarantinedRows.Count(Optional.of(DAY), "duplicate", 10),
                    new QuarantinedRows.Count(Optional.of(DAY.plusDays(1)), "missing_customer", 2),
                    new QuarantinedRows.Count(Optional.empty(), "unreadable_time", 1))),
            MONEY);

    List<CheckResult> results = eightDays.maxQuarantine();

    assertEquals(
        "13 of 100 rows of 'payments' cannot be used, 13 % of all rows: expected at most 20 %."
            + " Reasons: 10 duplicate, 2 missing_customer, 1 unreadable_time.",
        results.get(0).message().en());
    assertEquals(
        "2 of 7 rows of 'payments' cannot be used, 28.6 % of the rows of the newest 7 event"
            + " days: expected at most 20 %. Reasons: 2 missing_customer.",
        results.get(1).message().en());
    assertEquals(List.of("passed", "refused"), results.stream().map(CheckResult::status).toList());
  }

  /**
   * An input of 100 rows.
   *
   * @param unusable the number of rows that cannot be used
   * @param balanced the number of them that the balance knows
   */
  /** Of 100 used rows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                    | 0   | passed",
        "{}                    | 1   | warned",
        "{max_unreadable: 2%}  | 2   | warned",
        "{max_unreadable: 2%}  | 3   | refused",
        "{max_unreadable: 0}   | 1   | refused",
        "{max_unreadable: 100%} | 100 | warned",
      })
  void unreadableValuesWarnUpToTheirLimit(String checks, long values, String status) {
    List<CheckResult> results =
        input(checks, 0, 0).unreadableValues(new TreeMap<>(Map.of("closed_date", values)));

    assertEquals(List.of(status), results.stream().map(CheckResult::status).toList());
  }

  @Test
  void unreadableValuesAreNamedByColumn() {
    List<CheckResult> results =
        input("{max_unreadable: 5%}", 0, 0)
            .unreadableValues(new TreeMap<>(Map.of("closed_date", 3L, "satisfaction", 0L)));

    assertEquals(
        "warned | Values of 'closed_date' in 'payments' that are there and cannot be read: 3 in 100"
            + " used rows. Expected 0, at most 5 % of rows; examples are in quarantine_payments."
            + " Convert them in the mapping, and round money that has more decimals than money_scale."
            + " | “payments”的列“closed_date”有值却无法读取：100 个已用行中 3 个。应为 0，最多占 5 %；示例见"
            + " quarantine_payments。请在映射中转换，小数位多于 money_scale 的金额请舍入。",
        Outcomes.of(results.get(0)));
    assertEquals("passed", results.get(1).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                         | 1 | passed",
        "{}                                         | 2 | warned",
        "{unmatched_rows: {severity: error, max: 0}} | 1 | refused",
        "{unmatched_rows: off}                      | 9 | off",
      })
  void rowsWithoutARowInAJoinedTableWarnAboveTheirLimit(String checks, long rows, String status) {
    List<CheckResult> results =
        input(checks, 0, 0).unmatchedRows(new TreeMap<>(Map.of("join[1]", rows)));

    assertEquals(List.of(status), results.stream().map(CheckResult::status).toList());
  }

  @Test
  void rowsWithoutARowInAJoinedTableAreNamedByTable() {
    assertEquals(
        "warned | Rows of 'payments' for which the table of 'inputs.payments.join' has none: 3 of"
            + " 100; expected at most 1 %."
            + " | “payments”的 100 行中有 3 行在“inputs.payments.join”的表中找不到对应行；最多应为 1 %。",
        Outcomes.of(input("{}", 0, 0).unmatchedRows(new TreeMap<>(Map.of("join", 3L))).get(0)));
  }

  /** A table of customers has no event days, and an empty one no rows. */
  @ParameterizedTest
  @CsvSource({"100, share_of_rows", "0, ''"})
  void nothingIsSaidOfTheShareOfNoRows(long rows, String metrics) {
    InputChecks undated =
        new InputChecks(
            "customers",
            Outcomes.configured("{}"),
            new InputBalance(
                term(rows),
                term(rows),
                Term.NONE,
                Term.NONE,
                Term.NONE,
                Term.NONE,
                BigDecimal.ZERO),
            new TreeMap<>(),
            new QuarantinedRows(List.of()),
            MONEY);

    assertEquals(
        metrics, undated.maxQuarantine().stream().map(CheckResult::metric).collect(joining(", ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                             | 10000 | 2000 | passed",
        "{}                                             | 10000 | 2001 | warned",
        "{}                                             | 9999  | 9999 | none",
        "{largest_customer_share: {max: 30%}}           | 10000 | 2001 | passed",
        "{largest_customer_share: error}                | 10000 | 2001 | refused",
        "{largest_customer_share: off}                  | 10000 | 2001 | off",
      })
  void oneCustomerMayHaveAFifthOfManyRows(String checks, long rows, long most, String status) {
    assertEquals(
        status, used(checks, rows).largestCustomer(most).map(CheckResult::status).orElse("none"));
  }

  @Test
  void theCustomerWithTheMostRowsIsCountedAndNotNamed() {
    assertEquals(
        "warned | The customer with the most rows of 'payments' has 5,000 of 20,000, 25 %: expected"
            + " at most 20 %. If this id stands for many people (guests, cash sales), leave it out"
            + " by 'inputs.payments.where' or divide it."
            + " | “payments”中行数最多的客户占 20,000 行中的 5,000 行，即 25 %，应不超过 20 %。"
            + "若该编号代表许多人（游客、现金零售），请用“inputs.payments.where”将其排除，或将其拆分。",
        Outcomes.of(used("{}", 20_000).largestCustomer(5_000).orElseThrow()));
    assertEquals(
        "passed | The customer with the most rows of 'payments' has 12 of 20,000, < 0.1 %: expected"
            + " at most 20 %. | “payments”中行数最多的客户占 20,000 行中的 12 行，即 < 0.1 %，应不超过 20 %。",
        Outcomes.of(used("{}", 20_000).largestCustomer(12).orElseThrow()));
  }

  private static InputChecks used(String checks, long rows) {
    return new InputChecks(
        "payments",
        Outcomes.configured(checks),
        new InputBalance(
            term(rows), term(rows), Term.NONE, Term.NONE, Term.NONE, Term.NONE, BigDecimal.ZERO),
        new TreeMap<>(),
        new QuarantinedRows(List.of()),
        MONEY);
  }

  /** 3 of 2,000 rows are 0.15 %, 1 of 2,000 is 0.05 %, 21 of 2,000 are 1.05 %. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3  | 1 %    | 0.2 %",
        "1  | 1 %    | < 0.1 %",
        "1  | 0.01 % | 0.1 %",
        "21 | 1 %    | 1.1 %",
        "21 | 1.1 %  | 1.05 %",
      })
  void sharesHaveAsManyDecimalsAsTheirLimitAsksFor(long unusable, String limit, String shown) {
    String most = limit.replace(" ", "");
    InputChecks input =
        new InputChecks(
            "payments",
            Outcomes.configured("{max_quarantine: %s}".formatted(most)),
            new InputBalance(
                term(2000),
                term(2000 - unusable),
                Term.NONE,
                Term.NONE,
                term(unusable),
                Term.NONE,
                BigDecimal.ZERO),
            new TreeMap<>(Map.of(DAY, 2000L)),
            new QuarantinedRows(
                List.of(new QuarantinedRows.Count(Optional.of(DAY), "unknown_type", unusable))),
            MONEY);

    String message = input.maxQuarantine().get(0).message().en().replaceFirst(" Reasons: .*", "");

    assertEquals(
        "%d of 2,000 rows of 'payments' cannot be used, %s of all rows: expected at most %s."
            .formatted(unusable, shown, limit),
        message);
  }

  private static InputChecks input(String checks, long unusable, long balanced) {
    return new InputChecks(
        "payments",
        Outcomes.configured(checks),
        new InputBalance(
            term(100),
            term(100 - unusable),
            Term.NONE,
            Term.NONE,
            term(balanced),
            Term.NONE,
            BigDecimal.ZERO),
        new TreeMap<>(Map.of(DAY, 100L)),
        new QuarantinedRows(
            List.of(new QuarantinedRows.Count(Optional.of(DAY), "negative_amount", unusable))),
        MONEY);
  }

  private static Term term(long rows) {
    return new Term(rows, BigDecimal.valueOf(rows));
  }
}
