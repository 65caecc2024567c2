package io.karat.scores;

import static io.karat.scores.Plans.EVERYTHING;
import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.LabelSettings;
import io.karat.settings.Pyramid;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Buyer types by hand: ranks among key customers, the largest score, and by how much it leads. */
@ExtendWith(LocalSpark.class)
class BuyerTypesTest {
  private static final String TYPES =
      """
      buyer_types:
        among: net_sales_amount_365d >= 100
        margin: 10
        intrinsic: {contact_count_365d: {weight: 1, better: lower}}
        extrinsic: {service_cost_365d: {weight: 1, better: higher, above_median: gross_margin_365d}}
        strategic: {tenure_days: 3, contact_count_365d: 1}
      """;

  private final SparkSession spark;

  BuyerTypesTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Ranks of four are 12.5, 37.5, 62.5 and 87.5; cas and dan share 75 in contacts, of which fewer
   * are intrinsic: 25. Service counts for cas and dan, whose margins are above the median. Tenure
   * has three quarters of the strategic points, contacts one. Dan's 65.63 lead by 3.13 only. Eve is
   * no key customer: with it all ranks would be others.
   */
  @Test
  void theLargestScoreSaysWhatAKeyCustomerValues() {
    ScoreTables tables = tables();

    assertFrame(
        frame(
            spark,
            """
            customer_id string, intrinsic_score decimal(5,2), extrinsic_score decimal(5,2),
            strategic_score decimal(5,2), buyer_type_margin decimal(5,2), buyer_type string,
            buyer_type_name_zh string
            """,
            """
            ann | 87.50 |  0.00 | 12.51 | 74.99 | INTRINSIC | 内在价值型（重价格）
            ben | 62.50 |  0.00 | 75.01 | 12.51 | STRATEGIC | 战略价值型（重合作）
            cas | 25.00 | 87.50 | 46.88 | 40.62 | EXTRINSIC | 外在价值型（重服务）
            dan | 25.00 | 62.50 | 65.63 |  3.13 | UNDECIDED | 类型未定
            eve |       |       |       |       |           |
            """),
        tables
            .customerValue(Optional.empty())
            .select(
                "customer_id",
                "intrinsic_score",
                "extrinsic_score",
                "strategic_score",
                "buyer_type_margin",
                "buyer_type",
                "buyer_type_name_zh"));
    assertFrame(
        frame(
            spark,
            """
            customer_id string, intrinsic__contact_count_365d decimal(18,2),
            extrinsic__service_cost_365d decimal(18,2), strategic__tenure_days decimal(18,2),
            strategic__contact_count_365d decimal(18,2)
            """,
            """
            ann | 87.50 |  0.00 |  9.38 |  3.13
            ben | 62.50 |  0.00 | 65.63 |  9.38
            cas | 25.00 | 87.50 | 28.13 | 18.75
            dan | 25.00 | 62.50 | 46.88 | 18.75
            eve |       |       |       |
            """),
        tables
            .contributions(List.of())
            .select(
                "customer_id",
                "intrinsic__contact_count_365d",
                "extrinsic__service_cost_365d",
                "strategic__tenure_days",
                "strategic__contact_count_365d"));
  }

  /** The ranks stay those of the first night until who is a key customer means something else. */
  @Test
  void ranksAreFrozenForTheSameKeyCustomersOnly() {
    ScoredCustomers customers = customers(TYPES);
    CutModel first = customers.cuts();
    Dataset<Row> fewer = customers.indicators().filter("customer_id <> 'ann'");

    assertEquals(
        first, CutFitting.fit(customers.plan(), fewer, ScoredCustomers.NIGHT, List.of(first)));

    ScorePlan others = ScoredCustomers.plan(TYPES.replace(">= 100", ">= 250"));
    CutModel second =
        CutFitting.fit(others, customers.indicators(), ScoredCustomers.NIGHT, List.of(first));
    assertEquals(
        List.of("300", "350"),
        Objects.requireNonNull(second.pieces().get("buyer_types.strategic.tenure_days"))
            .of("values")
            .stream()
            .map(BigDecimal::toPlainString)
            .toList());
  }

  /** Explain says which score decided, by how much, and lists no such scores for others. */
  @Test
  void explainSaysWhyACustomerHasItsType() {
    ScoredCustomers customers = customers(TYPES);
    CustomerScores dan = explained(customers, "dan");

    assertEquals(
        List.of("intrinsic_score", "extrinsic_score", "strategic_score"),
        dan.scores().stream().map(CustomerScores.Score::column).toList());
    assertEquals(
        "Undecided strategic_score 65.63 3.13 10",
        dan.buyerType()
            .map(
                it ->
                    "%s %s %s %s %s"
                        .formatted(it.type().en(), it.score(), it.points(), it.lead(), it.needed()))
            .orElse(""));
    assertEquals(Optional.empty(), explained(customers, "eve").buyerType());
    assertEquals(List.of(), explained(customers, "eve").scores());
  }

  /** What is not mapped or declared drops out; one kind alone has nothing to be compared with. */
  @Test
  void whatIsMissingDropsOut() {
    ScorePlan plan = Plans.of(EVERYTHING, "buyer_types={}");

    assertEquals(
        List.of(
            "intrinsic [product_count_365d, contact_count_365d]",
            "extrinsic [contacts_per_sale_365d, suggestions_per_sale_365d, service_cost_365d,"
                + " product_count_365d]",
            "strategic [tenure_days, process_count_365d]"),
        plan.models().buyerTypes().orElseThrow().kinds().stream()
            .map(BuyerTypesTest::inWords)
            .toList());
    assertEquals(
        "transactions.quantity is not mapped",
        reason(plan, "buyer_types.intrinsic.price_level_365d"));
    assertEquals("advantage is not an indicator", reason(plan, "buyer_types.strategic.advantage"));
    assertEquals(
        List.of("lifecycle", "loyalty", "profit_service", "relationship_level"),
        plan.models().labels().stream().map(LabelSettings::name).toList());
    ScorePlan bare = Plans.of(Plans.TRANSACTIONS, "buyer_types={}");
    assertEquals(Optional.empty(), bare.models().buyerTypes());
    assertEquals(
        "contacts, transactions.discount, transactions.product_id, transactions.quantity are not"
            + " mapped",
        reason(bare, "buyer_types"));
  }

  private static String reason(ScorePlan plan, String part) {
    return Objects.requireNonNull(plan.switchedOff().get(part)).reason().en();
  }

  private static String inWords(Pyramid kind) {
    return kind.name() + " " + kind.weights().stream().map(it -> it.indicator()).toList();
  }

  private static CustomerScores explained(ScoredCustomers customers, String customer) {
    return CustomerScores.of(
            customers.plan(),
            customers.cuts(),
            customers.indicators().filter("customer_id = '%s'".formatted(customer)))
        .orElseThrow();
  }

  private ScoreTables tables() {
    return customers(TYPES).tables();
  }

  private ScoredCustomers customers(String yaml) {
    return ScoredCustomers.of(
        spark,
        yaml,
        """
        net_sales_amount_365d decimal(18,2), contact_count_365d bigint,
        service_cost_365d decimal(18,2), gross_margin_365d decimal(18,6), tenure_days int
        """,
        """
        ann | 100 |  0 |   0 | 0.1 |  10
        ben | 200 | 10 | 100 | 0.2 | 400
        cas | 300 | 20 | 300 | 0.3 | 300
        dan | 400 | 20 | 200 | 0.4 | 350
        eve |  50 | 90 | 900 | 0.9 | 999
        """);
  }
}
