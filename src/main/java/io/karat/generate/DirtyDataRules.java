package io.karat.generate;

import static io.karat.generate.LosslessText.ABSENT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;

import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * Rules for the dirty data of each table. Most flawed copies of a row have a single flaw; the
 * others have the reason that comes first.
 *
 * <p>The reasons follow from the flaws alone, without any call of the code that validates rows,
 * because they are there to test that code. A row that is delivered again is the lower one of the
 * two, in its time or else in its amount, so that it is the duplicate.
 */
record DirtyDataRules(Population population) {
  private static final String TYPE = "type";
  private static final String AMOUNT = "amount";
  private static final String COST = "cost";
  private static final String BLANKS = " \t\u00a0";
  private static final String UNKNOWN = "GIFT";
  private static final String UNREADABLE = "n/a";

  DirtyTable transactions() {
    return table(
        "transactions",
        "transaction_id",
        Set.of("transaction_time", AMOUNT, COST),
        all(
            events("transaction_id", "transaction_time"),
            amounts(),
            each(DirtyRule.DUPLICATE, AMOUNT, lowerAmount()),
            each("unreadable_amount", COST, UNREADABLE),
            each("overflowing_amount", COST, "-1e30"),
            each("too_many_decimals", COST, moreDecimals(COST)),
            List.of(
                DirtyRule.sure("negative_cost", Map.of(TYPE, lit("RETURN"), COST, lit("-1.00"))))));
  }

  DirtyTable payments() {
    return table(
        "payments",
        "payment_id",
        Set.of("payment_time", AMOUNT),
        all(
            events("payment_id", "payment_time"),
            amounts(),
            each(DirtyRule.DUPLICATE, AMOUNT, lowerAmount())));
  }

  DirtyTable contacts() {
    return table(
        "contacts",
        "contact_id",
        Set.of("contact_time", COST),
        all(
            events("contact_id", "contact_time"),
            each("unreadable_amount", COST, UNREADABLE),
            each("overflowing_amount", COST, "1e30"),
            each("too_many_decimals", COST, moreDecimals(COST))));
  }

  DirtyTable opportunities() {
    return table(
        "opportunities",
        "opportunity_id",
        Set.of("created_date", AMOUNT, "probability"),
        all(
            missing(Columns.CUSTOMER_ID),
            times("created_date"),
            amounts(),
            each("invalid_probability", "probability", ABSENT, "likely", "-0.1", "1.5"),
            each(DirtyRule.DUPLICATE, AMOUNT, lowerAmount()),
            exactCopy(),
            underOtherId(Map.of(AMOUNT, lowerAmount())),
            tooEarly("opportunity_id", "created_date")));
  }

  /** A flaw of a customer occurs on every snapshot day. */
  DirtyTable customers() {
    return new DirtyTable(
        "customers",
        Columns.CUSTOMER_ID,
        concat(col(Columns.CUSTOMER_ID), lit("@"), col("day").cast("string")),
        Set.of(),
        all(
            missing(Columns.CUSTOMER_ID),
            each(DirtyRule.DUPLICATE, "created_date", date_sub(col("created_date"), 1)),
            exactCopy(),
            underOtherId(Map.of())),
        population.chance());
  }

  DirtyTable aliases() {
    return table(
        "aliases",
        "alias_id",
        Set.of(),
        all(missing("alias_id"), missing(Columns.CUSTOMER_ID), exactCopy()));
  }

  DirtyTable markets() {
    String size = "market_amount";
    return new DirtyTable(
        "markets",
        "value",
        concat_ws("-", col("characteristic"), col("value"), col("as_of_date")),
        Set.of("as_of_date", size),
        all(
            each("missing_market", "value", ABSENT, "", BLANKS),
            each("missing_market", "characteristic", ABSENT),
            times("as_of_date"),
            each("unreadable_amount", size, UNREADABLE),
            each("negative_amount", size, "-1.00"),
            each("overflowing_amount", size, "1e30"),
            each("too_many_decimals", size, moreDecimals(size)),
            each(DirtyRule.DUPLICATE, size, "1.00"),
            exactCopy(),
            tooEarly("value", "as_of_date")),
        population.chance());
  }

  /** The flaws of tables whose rows have a time and a type. */
  private List<DirtyRule> events(String id, String time) {
    Column earlier = LosslessText.ofInstant(col(time).minus(lit(Duration.ofMinutes(1))));
    return all(
        missing(Columns.CUSTOMER_ID),
        times(time),
        each("unknown_type", TYPE, ABSENT, "", UNKNOWN),
        each(DirtyRule.DUPLICATE, time, earlier),
        exactCopy(),
        underOtherId(Map.of(time, earlier)),
        tooEarly(id, time),
        severalAtOnce(time));
  }

  private static List<DirtyRule> missing(String id) {
    return each("missing_customer", id, ABSENT, "", BLANKS);
  }

  private static List<DirtyRule> times(String time) {
    return all(
        each("unreadable_time", time, ABSENT, "soon", "31/12/2024", "2024-02-30"),
        each("ancient_date", time, "1970-01-01", "1900-01-01 12:00:00"));
  }

  private static List<DirtyRule> amounts() {
    Column negative = concat(lit("-"), col(AMOUNT).cast("string"));
    return all(
        each("unreadable_amount", AMOUNT, ABSENT, "", "1.234,50"),
        each("negative_amount", AMOUNT, negative, "-1e30"),
        each("overflowing_amount", AMOUNT, "1e30", "10000000000000000.00"),
        each("too_many_decimals", AMOUNT, moreDecimals(AMOUNT)));
  }

  private static Column lowerAmount() {
    return col(AMOUNT).minus(lit(new BigDecimal("0.01"))).cast("decimal(18,2)").cast("string");
  }

  private static Column moreDecimals(String money) {
    return concat(col(money).cast("string"), lit("1"));
  }

  private static List<DirtyRule> exactCopy() {
    return List.of(DirtyRule.sure(DirtyRule.DUPLICATE, Map.of()));
  }

  /**
   * A duplicate of the same customer under another of its ids.
   *
   * @param lower values that make the copy the lower one, used if the id does not decide
   */
  private List<DirtyRule> underOtherId(Map<String, Column> lower) {
    Column otherId = new AliasGenerator(population).otherId(col(Columns.CUSTOMER_ID));
    Map<String, Column> values = new TreeMap<>(lower);
    values.put(Columns.CUSTOMER_ID, otherId);
    return List.of(
        new DirtyRule(
            DirtyRule.DUPLICATE, true, otherId.isNotNull(), AliasGenerator.ALIASED_SHARE, values));
  }

  /** A separate event on the day after the last. */
  private List<DirtyRule> tooEarly(String id, String time) {
    return List.of(
        DirtyRule.sure(
            DirtyRule.AFTER_AS_OF, Map.of(id, concat(col(id), lit("+")), time, dayAfterLast())));
  }

  private List<DirtyRule> severalAtOnce(String time) {
    Column unknown = lit(UNKNOWN);
    Column unreadable = lit(UNREADABLE);
    return List.of(
        DirtyRule.of(
            "missing_customer",
            Map.of(Columns.CUSTOMER_ID, ABSENT, time, unreadable, TYPE, unknown)),
        DirtyRule.of("unreadable_time", Map.of(time, unreadable, TYPE, unknown)),
        DirtyRule.of("unknown_type", Map.of(time, dayAfterLast(), TYPE, unknown)));
  }

  private Column dayAfterLast() {
    return lit(population.calendar().lastDay().plusDays(1).toString());
  }

  /** One flaw per value, each a text or a column; the first occurs at least once. */
  private static List<DirtyRule> each(
      String reason, String column, Object first, Object... others) {
    return Stream.concat(
            Stream.of(DirtyRule.sure(reason, Map.of(column, lit(first)))),
            Arrays.stream(others).map(value -> DirtyRule.of(reason, Map.of(column, lit(value)))))
        .toList();
  }

  @SafeVarargs
  private static List<DirtyRule> all(List<DirtyRule>... flaws) {
    List<DirtyRule> all = new ArrayList<>();
    for (List<DirtyRule> some : flaws) {
      all.addAll(some);
    }
    return all;
  }

  private DirtyTable table(String name, String id, Set<String> texts, List<DirtyRule> flaws) {
    return new DirtyTable(name, id, col(id), texts, flaws, population.chance());
  }
}
