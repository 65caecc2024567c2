package io.karat.indicators;

import static io.karat.testing.TextTable.frame;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of characteristics and opportunities, the inputs that change no past event. */
@ExtendWith(LocalSpark.class)
class CustomerIndicatorsTest {
  private static final String AS_OF = "2026-03-01";
  private static final String TRANSACTIONS =
      "customer_id string, transaction_time date, amount int";

  private final SparkSession spark;

  CustomerIndicatorsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Each of the five occurs in another input; an event after the as-of day adds no customer. */
  @Test
  void allCustomersOfAnyInputAppear() {
    bought(
            """
        ann | 2026-01-05 | 10
        zoe | 2026-03-02 | 10
        """)
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                "customer_id string, payment_time date, amount int",
                """
                bob | 2026-01-05 | 10
                zoe | 2026-03-02 | 10
                """))
        .with(
            InputTable.CONTACTS,
            frame(
                spark,
                "customer_id string, contact_time date, type string",
                """
                cat | 2026-01-05 | TASK
                zoe | 2026-03-02 | TASK
                """))
        .with(
            InputTable.OPPORTUNITIES,
            frame(
                spark,
                "opportunity_id string, customer_id string, created_date date, amount int,"
                    + " probability double",
                """
                O1 | dan | 2026-01-05 | 10 | 0.5
                O2 | zoe | 2026-03-02 | 10 | 0.5
                """))
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, created_date date",
                """
                eve | 2026-03-01
                zoe | 2026-03-02
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, transaction_count_365d bigint, sales_amount_365d decimal(18,2),"
                    + " receipt_amount_365d decimal(18,2), arrears_amount decimal(18,2),"
                    + " contact_count_365d bigint, expected_sales_amount decimal(18,6),"
                    + " created_date date, recency_days int",
                """
                ann | 1 | 10 | 0  | 10 | 0 | 0 |            | 55
                bob | 0 | 0  | 10 | 0  | 0 | 0 |            |
                cat | 0 | 0  | 0  | 0  | 1 | 0 |            |
                dan | 0 | 0  | 0  | 0  | 0 | 5 |            |
                eve | 0 | 0  | 0  | 0  | 0 | 0 | 2026-03-01 |
                """),
            AS_OF);
  }

  /**
   * A customer who bought appears even if its customers row is created later, without
   * characteristics.
   */
  @Test
  void aCustomersRowOfTheFutureSaysNothing() {
    bought("ann | 2026-01-05 | 10")
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, created_date date, kind string",
                """
                ann | 2026-03-02 | PERSON
                bob |            | PERSON
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, kind string, created_date date",
                """
                ann |        |
                bob | PERSON |
                """),
            AS_OF);
  }

  /**
   * Ann's are 1000 x 0.25 + 80.50 x 0.9 = 322.45. Bob's was closed on the as-of day, eve's never.
   */
  @Test
  void expectedSalesAreThoseOfOpenOpportunities() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.OPPORTUNITIES,
            frame(
                spark,
                "opportunity_id string, customer_id string, created_date date,"
                    + " amount decimal(10,2), probability double, closed_date date",
                """
                O1 | ann | 2020-01-05 | 1000  | 0.25 |
                O2 | ann | 2026-01-05 | 80.50 | 0.9  | 2026-03-02
                O3 | ann | 2026-01-05 | 500   | 0.5  | 2026-02-28
                O4 | ann | 2026-03-02 | 500   | 0.5  |
                O5 | bob | 2026-01-05 | 500   | 1    | 2026-03-01
                O6 | eve | 2026-01-05 | 100   | 0.5  | 1900-01-01
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, expected_sales_amount decimal(18,6)",
                """
                ann | 322.45
                bob | 0
                dan | 0
                eve | 50
                """),
            AS_OF);
  }

  @Test
  void whatIsMappedOfCustomersIsPublishedAsItIs() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, kind string, parent_customer_id string,"
                    + " opening_balance decimal(10,2), display_name string, owner string",
                """
                ann | ENTERPRISE | eve | -12.34 | Ann & Sons | sam
                bob | PERSON     |     |        |            |
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, kind string, parent_customer_id string,"
                    + " opening_balance decimal(18,2), display_name string, owner string",
                """
                ann | ENTERPRISE | eve | -12.34 | Ann & Sons | sam
                bob | PERSON     |     |        |            |
                dan |            |     |        |            |
                """),
            AS_OF);
  }

  /** A value that cannot be read as its declared type is null. */
  @Test
  void characteristicsHaveTheTypeThatIsDeclared() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, region string, staff int, income string, listed string,"
                    + " since string",
                """
                ann | NORTH | 12 | 1234.5 | true | 2001-02-03
                bob |       |    | much   | no   | soon
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, region string, staff bigint, monthly_income decimal(18,2),"
                    + " rate decimal(18,6), is_listed boolean, founded date",
                """
                ann | NORTH | 12 | 1234.50 | 1234.5 | true  | 2001-02-03
                bob |       |    |         |        | false |
                dan |       |    |         |        |       |
                """),
            AS_OF,
            "inputs.customers.characteristics={region: category, staff: number,"
                + " monthly_income: {type: money, value: income}, rate: {type: number, value: income},"
                + " is_listed: {type: flag, value: listed}, founded: {type: date, value: since}}");
  }

  /** A category without a number is null. */
  @Test
  void aCategoryHasTheNumbersThatItsWordsAreWorth() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, size string",
                """
                ann | LARGE
                bob | owner's
                cat | HUGE
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, company_size string, company_size_value decimal(18,6),"
                    + " doubled decimal(18,6)",
                """
                ann | LARGE   | 10   | 20
                bob | owner's | -0.5 | -1
                cat | HUGE    |      |
                dan |         |      |
                """),
            AS_OF,
            "inputs.customers.characteristics={company_size: {type: category, value: size,"
                + " values: {LARGE: 10, \"owner's\": -0.5}}}",
            "indicators.custom={doubled: {window: none, value: company_size_value * 2}}");
  }

  /**
   * Ann's firm sells for 5,000 a year and spends a hundredth on such goods, 50: 10 is a fifth.
   * Bob's twelve incomes are 1,200, of which a twentieth is 60: he bought half of it here. Of cat
   * nothing is known, and who can buy nothing has no share.
   */
  @Test
  void purchasingPowerIsWhatCustomersCanSpendAndTheWalletWhatTheySpendHere() {
    bought(
            """
        ann | 2026-01-05 | 10
        bob | 2026-01-05 | 30
        cat | 2026-01-05 | 10
        """)
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, sales decimal(10,2), income decimal(10,2), industry string",
                """
                ann | 5000 |     | FOOD
                bob |      | 100 | RETAIL
                cat |      |     | RETAIL
                dan | 0    |     | FOOD
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, purchasing_power decimal(18,2), share_of_wallet decimal(18,6)",
                """
                ann | 5000 | 0.2
                bob | 1200 | 0.5
                cat |      |
                dan | 0    |
                """),
            AS_OF,
            "inputs.customers.characteristics={annual_sales: {type: money, value: sales},"
                + " monthly_income: {type: money, value: income}, spend_share: {type: category,"
                + " value: industry, values: {FOOD: 0.01, RETAIL: 0.05}}}");
  }

  /** On 1 March 2026: 30 years for a birth on 1 March 1996, 29 for one on the day after. */
  @Test
  void ageIsWholeYearsSinceTheDateOfBirth() {
    bought("dan | 2026-01-05 | 10")
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, birth_date date",
                """
                ann | 1996-03-01
                bob | 1996-03-02
                cat | 2026-03-01
                eve | 2026-03-02
                """))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, birth_date date, age bigint",
                """
                ann | 1996-03-01 | 30
                bob | 1996-03-02 | 29
                cat | 2026-03-01 | 0
                dan |            |
                eve | 2026-03-02 |
                """),
            AS_OF,
            "inputs.customers.characteristics={birth_date: date}");
  }

  private Sources bought(String transactions) {
    return Sources.of(frame(spark, TRANSACTIONS, transactions));
  }
}
