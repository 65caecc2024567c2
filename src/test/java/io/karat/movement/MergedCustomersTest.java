package io.karat.movement;

import static io.karat.testing.TextTable.frame;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.input.Aliases;
import io.karat.scores.State;
import io.karat.settings.BilingualText;
import io.karat.tables.Money;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Net sales between two nights of customers whose ids were merged in between. The state of each
 * customer is its own name, so that a move tells of one customer. Nobody bought anything unless it
 * is said.
 */
@ExtendWith(LocalSpark.class)
class MergedCustomersTest {
  private static final LocalDate THEN = LocalDate.of(2025, 11, 30);
  private static final String COLUMNS =
      """
      customer_id string, name string, net_sales_amount_365d decimal(38,2),
      net_sales_amount_lifetime decimal(38,2)
      """;
  private static final String EARLIER =
      """
      ann | ANN | 10.00 | 100.00
      bob | BOB | 20.00 | 200.00
      cid | CID | 30.00 | 300.00
      """;

  private final SparkSession spark;

  MergedCustomersTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void whoTakesOverAnotherTakesOverItsPast() {
    assertEquals(
        """
        ANN > left: between 0.00, before 0.00
        BOB > BOB: between 0.00, before 30.00
        CID > CID: between 0.00, before 30.00
        """,
        moves(
            """
            bob | BOB | 30.00 | 300.00
            cid | CID | 30.00 | 300.00
            """,
            "ann | bob"));
  }

  /** Ann is bob, and bob is cid; cid bought for 5.00. */
  @Test
  void aChainEndsAtItsLastCustomer() {
    assertEquals(
        """
        ANN > left: between 0.00, before 0.00
        BOB > left: between 0.00, before 0.00
        CID > CID: between 5.00, before 60.00
        """,
        moves("cid | CID | 65.00 | 605.00", "ann | bob\nbob | cid"));
  }

  @Test
  void severalCustomersMayBecomeANewOne() {
    assertEquals(
        """
        ANN > left: between 0.00, before 0.00
        BOB > left: between 0.00, before 0.00
        CID > CID: between 0.00, before 30.00
        never_seen > DAN: between 0.00, before 30.00
        """,
        moves(
            """
            cid | CID | 30.00 | 300.00
            dan | DAN | 30.00 | 300.00
            """,
            "ann | dan\nbob | dan"));
  }

  /** Dan was bob's alias; of bob's 200.00 then 80.00 were his. He bought for 5.00 since. */
  @Test
  void anAliasThatDisappearsTakesNoPastSalesAlong() {
    assertEquals(
        """
        ANN > ANN: between 0.00, before 10.00
        BOB > BOB: between 5.00, before 20.00
        CID > CID: between 0.00, before 30.00
        never_seen > DAN: between 0.00, before 0.00
        """,
        moves(
            """
            ann | ANN | 10.00 | 100.00
            bob | BOB | 12.00 | 120.00
            cid | CID | 30.00 | 300.00
            dan | DAN | 13.00 | 85.00
            """,
            "",
            KeptAliases.parse("{\"dan\": \"bob\"}")));
  }

  /** Dan was bob's alias, is none any more, and bob is cid's now. */
  @Test
  void oneAliasMayComeWhenAnotherGoes() {
    assertEquals(
        """
        ANN > ANN: between 0.00, before 10.00
        BOB > left: between 0.00, before 0.00
        CID > CID: between 0.00, before 50.00
        never_seen > DAN: between 0.00, before 0.00
        """,
        moves(
            """
            ann | ANN | 10.00 | 100.00
            cid | CID | 42.00 | 420.00
            dan | DAN |  8.00 | 80.00
            """,
            "bob | cid",
            KeptAliases.parse("{\"dan\": \"bob\"}")));
  }

  @Test
  void aliasesAreKeptAsTheyAre() {
    KeptAliases kept =
        KeptAliases.of(
                Aliases.of(
                    frame(spark, "alias_id string, customer_id string", "ann | bob\nbob | cid")))
            .orElseThrow();

    assertEquals(Map.of("ann", "cid", "bob", "cid"), kept.customers());
    assertEquals(kept, KeptAliases.parse(kept.json()));
  }

  /** Ann's rows were removed, and dan's too, whose alias ann was to be: both are gone. */
  @Test
  void whoLeavesWithoutASuccessorTakesNothingBack() {
    assertEquals(
        """
        ANN > left: between 0.00, before 10.00
        BOB > BOB: between 7.00, before 20.00
        CID > left: between 0.00, before 30.00
        """,
        moves("bob | BOB | 27.00 | 207.00", "ann | dan"));
  }

  /** Dan's purchase of 40.00 is older than the earlier night, but was delivered since. */
  @Test
  void anOlderPurchaseThatIsDeliveredLateCounts() {
    assertEquals(
        """
        ANN > ANN: between 0.00, before 10.00
        BOB > BOB: between -5.00, before 20.00
        CID > CID: between 0.00, before 30.00
        never_seen > DAN: between 40.00, before 0.00
        """,
        moves(
            """
            ann | ANN | 10.00 | 100.00
            bob | BOB | 15.00 | 195.00
            cid | CID | 30.00 | 300.00
            dan | DAN | 40.00 | 40.00
            """,
            ""));
  }

  private String moves(String now, String aliases) {
    return moves(now, aliases, KeptAliases.NONE);
  }

  private String moves(String now, String aliases, KeptAliases then) {
    ComparedNight night =
        new ComparedNight(30, THEN, THEN.plusDays(30), "run", then, frame(spark, COLUMNS, EARLIER));
    return new TransitionCounting(
            List.of(new State("name", List.of(), new BilingualText("", ""))),
            List.of(),
            new Money(2))
            .transitions(
                frame(spark, COLUMNS, now),
                Optional.of(
                    Aliases.of(frame(spark, "alias_id string, customer_id string", aliases))),
                List.of(night))
            .stream()
            .map(
                it ->
                    "%s > %s: between %s, before %s\n"
                        .formatted(
                            it.move().from(),
                            it.move().to(),
                            amount(it.move().bought()),
                            amount(it.before())))
            .sorted()
            .collect(joining());
  }

  private static String amount(BigDecimal amount) {
    return amount.setScale(2).toPlainString();
  }
}
