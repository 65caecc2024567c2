package io.karat.input;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.ExitCode;
import io.karat.run.InputException;
import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of aliases, resolved on the driver (few) and by joins (many): both give the same. */
@ExtendWith(LocalSpark.class)
class AliasesTest {
  private static final String AS_OF = "2026-03-01";
  private static final String LINKS = "alias_id string, customer_id string";

  private final SparkSession spark;

  AliasesTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The chain is a3 to a2 to a1 to ann; an alias of itself is ignored. */
  @ParameterizedTest
  @ValueSource(ints = {Aliases.MOST_ON_DRIVER, 0})
  void anIdStandsForTheCustomerAtTheEndOfItsChain(int mostOnDriver) {
    Dataset<Row> links =
        frame(
            spark,
            LINKS,
            """
            a3  | a2
            a2  | a1
            a1  | ann
            b1  | bob
            b1  | bob
            bob | bob
            """);
    Dataset<Row> ids = frame(spark, "customer_id string", "a3\na2\na1\nann\nb1\nbob\ncat\n");

    assertFrame(
        frame(
            spark,
            "customer_id string, is_own_id boolean",
            """
            ann | false
            ann | false
            ann | false
            ann | true
            bob | false
            bob | true
            cat | true
            """),
        Aliases.of(links, mostOnDriver).resolve(ids));
  }

  @ParameterizedTest
  @ValueSource(ints = {Aliases.MOST_ON_DRIVER, 0})
  void aChainOfAThousandAliasesLeadsToOneCustomer(int mostOnDriver) {
    Dataset<Row> links =
        spark
            .range(1_000)
            .selectExpr("concat('a', id + 1) AS alias_id", "concat('a', id) AS customer_id");
    Dataset<Row> ids = spark.range(1_001).selectExpr("concat('a', id) AS customer_id");

    assertFrame(
        frame(spark, "customer_id string, own bigint, other bigint", "a0 | 1 | 1000"),
        Aliases.of(links, mostOnDriver)
            .resolve(ids)
            .groupBy("customer_id")
            .agg(expr("count_if(is_own_id) AS own"), expr("count_if(NOT is_own_id) AS other")));
  }

  /** An id that leads into a cycle never ends at a customer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a>b b>a             ; has a circle of 2 ids: expected every chain to end at a customer. Break the circle.
          a>b b>c c>a         ; has a circle of 3 ids: expected every chain to end at a customer. Break the circle.
          t>a a>b b>a x>y     ; has a circle of 3 ids: expected every chain to end at a customer. Break the circle.
          a>x a>y             ; has 1 alias with several customers: expected one each. Deliver one row per alias_id.
          a>x a>y a>z b>x b>z ; has 2 aliases with several customers: expected one each. Deliver one row per alias_id.
          """)
  void whatLeadsToNoOneCustomerIsRefused(String links, String message) {
    Dataset<Row> rows = frame(spark, LINKS, links.strip().replace(">", "|").replaceAll(" +", "\n"));

    for (int mostOnDriver : new int[] {Aliases.MOST_ON_DRIVER, 0}) {
      InputException error =
          assertThrows(InputException.class, () -> Aliases.of(rows, mostOnDriver));
      assertEquals("Input 'aliases' " + message, error.getMessage());
      assertEquals(ExitCode.INPUT, error.exitCode());
    }
  }

  /** Ann's rows of all tables come under three ids; their amounts add up. */
  @Test
  void whatComesUnderSeveralIdsAddsUpToOneCustomer() {
    Sources.of(
            frame(
                spark,
                "customer_id string, transaction_time date, amount int",
                """
                ann | 2026-01-05 | 10
                a1  | 2026-01-05 | 20
                a2  | 2026-01-06 | 30
                """))
        .with(
            InputTable.PAYMENTS,
            frame(
                spark,
                "customer_id string, payment_time date, amount int",
                """
                ann | 2026-01-06 | 4
                a2  | 2026-01-06 | 5
                """))
        .with(
            InputTable.CONTACTS,
            frame(
                spark,
                "customer_id string, contact_time date, type string",
                """
                a1 | 2026-01-06 | TASK
                a2 | 2026-01-07 | PRAISE
                """))
        .with(
            InputTable.OPPORTUNITIES,
            frame(
                spark,
                "opportunity_id string, customer_id string, created_date date, amount int,"
                    + " probability double",
                "O1 | a2 | 2026-01-07 | 100 | 0.5"))
        .with(
            InputTable.CUSTOMERS,
            frame(
                spark,
                "customer_id string, opening_balance int, display_name string",
                """
                a1  | 99 | Ann of old
                ann | 7  | Ann
                a2  | 99 | Ann of yore
                """))
        .with(InputTable.ALIASES, frame(spark, LINKS, "a1 | ann\na2 | a1"))
        .assertIndicators(
            frame(
                spark,
                "customer_id string, transaction_count_365d bigint,"
                    + " transaction_day_count_365d bigint, sales_amount_365d decimal(18,2),"
                    + " receipt_amount_365d decimal(18,2), arrears_amount decimal(18,2),"
                    + " contact_count_365d bigint, expected_sales_amount decimal(18,6),"
                    + " opening_balance decimal(18,2), display_name string",
                "ann | 3 | 2 | 60 | 9 | 51 | 2 | 50 | 7 | Ann"),
            AS_OF);
  }

  /** The row under the own id stays, else the highest; a preference outranks both. */
  @Test
  void theSameEventUnderSeveralIdsIsOneEvent() {
    Sources sources =
        Sources.of(
                frame(
                    spark,
                    "transaction_id string, customer_id string, transaction_time date, amount int",
                    """
                    T1 | ann | 2026-01-05 | 10
                    T1 | a1  | 2026-01-05 | 20
                    T2 | a1  | 2026-01-05 | 300
                    T2 | a2  | 2026-01-05 | 200
                    T3 | a1  | 2026-01-06 | 1000
                    T3 | ann | 2026-01-07 | 1000
                    """))
            .with(InputTable.ALIASES, frame(spark, LINKS, "a1 | ann\na2 | a1"));

    String columns = "customer_id string, sales_amount_365d decimal(18,2)";
    sources.assertIndicators(frame(spark, columns, "ann | 2310"), AS_OF);
    sources.assertIndicators(
        frame(spark, columns, "ann | 2220"),
        AS_OF,
        "inputs.transactions.prefer=customer_id <> 'ann' AND amount < 300");
  }
}
