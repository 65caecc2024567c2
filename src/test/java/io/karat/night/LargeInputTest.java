package io.karat.night;

import static io.karat.night.ToyFirm.text;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of inputs that are unlike others: a customer with most of the rows, very long texts, very
 * many columns, files or categories. The system property {@code karat.size} multiplies the rows,
 * files and categories.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class LargeInputTest {
  private static final int SIZE = Integer.getInteger("karat.size", 1);
  private static final String CSV = "inputs.transactions.format=csv";

  private final SparkSession spark;
  @TempDir private Path folder;
  private ToyFirm firm;

  LargeInputTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void found() {
    firm = ToyFirm.at(spark, folder);
  }

  /** Four of five rows are those of one customer; every row is worth 1. */
  @Test
  void aCustomerWithMostOfTheRows() throws IOException {
    int rows = 20_000 * SIZE;
    firm.write(rows(rows, "if(id % 5 > 0, 'big', concat('c', id % 100))"), "");

    firm.run("2026-03-02");

    assertEquals("big | %d.00\n".formatted(rows / 5 * 4), sales("customer_id = 'big'"));
    assertEquals("21 | %d.00\n".formatted(rows), total());
    assertEquals(
        "transactions | 0.80 | warned\n",
        text(
            firm.table("quality_results").filter("check_name = 'largest_customer_share'"),
            "table_name",
            "cast(value as decimal(9, 2))",
            "status"));
  }

  @Test
  void aCustomerWithAllRows() throws IOException {
    int rows = 20_000 * SIZE;
    firm.write(rows(rows, "'big'"), "");

    firm.run("2026-03-02");

    assertEquals("big | %d.00\n".formatted(rows), sales("true"));
  }

  /**
   * The ten lines of a transaction, 20.00 together or less than nothing, lie far apart; one in 200
   * counts nowhere.
   */
  @Test
  void aCustomerWithAllLines() throws IOException {
    int transactions = 10_000 * SIZE;
    firm.write(
        spark
            .range(transactions * 10L)
            .selectExpr(
                "concat('s', id %% %d) id".formatted(transactions),
                "'big' customer",
                "timestampadd(DAY, -(id %% %d %% 7), TIMESTAMP '2026-03-01 09:00:00') at"
                    .formatted(transactions),
                "cast(CASE WHEN id < %1$d THEN if(id %% 200 = 0, -28, 2) ELSE 2 END AS decimal(12,2)) amount"
                    .formatted(transactions),
                "'SALE' kind"),
        "");

    firm.run("2026-03-02", "inputs.transactions.grain=line");

    assertEquals(
        "big | %d | %d.00\n".formatted(transactions / 200 * 199, transactions / 200 * 199L * 20),
        text(
            firm.table("customer_indicators"),
            "customer_id",
            "transaction_count_lifetime",
            "sales_amount_lifetime"));
  }

  /** One row has a key of five million characters, another a customer, others a characteristic. */
  @Test
  void veryLongTexts() throws IOException {
    String long5 = "repeat('x', 5000000)";
    firm.write(
        rows(8, "if(id = 1, %s, concat('c', id))".formatted(long5))
            .withColumn("id", expr("if(id = 's2', %s, id)".formatted(long5))),
        "");
    spark
        .range(8)
        .selectExpr(
            "concat('c', id) c",
            "if(id = 3, %s, 'here') region".formatted(long5),
            "if(id = 4, %s, '') name".formatted(long5))
        .write()
        .parquet(folder.resolve("customers").toString());

    firm.run(
        "2026-03-02",
        "inputs.customers={path: '%s/customers', columns: {customer_id: c, display_name: name}, characteristics: {region: category}}"
            .formatted(folder));

    assertEquals("9 | 8.00\n", total());
    assertEquals(
        "1 | 5000000 | 5000000\n",
        text(
            firm.table("customer_indicators"),
            "count_if(length(customer_id) > 9)",
            "max(length(region))",
            "max(length(display_name))"));
  }

  @Test
  void fiveThousandColumns() throws IOException {
    List<String> names = IntStream.range(0, 5_000).mapToObj(i -> "x" + i).toList();
    try (BufferedWriter file = csv("wide.csv")) {
      file.write("id,customer,at,amount,kind," + String.join(",", names) + "\n");
      for (int i = 0; i < 20; i++) {
        file.write("s%1$d,c%1$d,2026-03-01 09:00:00,1.00,SALE,".formatted(i));
        file.write(String.join(",", names) + "\n");
      }
    }

    firm.run("2026-03-02", CSV);

    assertEquals("20 | 20.00\n", total());
  }

  /** One row each. */
  @Test
  void veryManyFiles() throws IOException {
    int files = 500 * SIZE;
    for (int i = 0; i < files; i++) {
      try (BufferedWriter file = csv("day=%d/%d.csv".formatted(i % 50, i))) {
        file.write("id,customer,at,amount,kind\n");
        file.write("s%d,c%d,2026-03-01 09:00:00,1.00,SALE\n".formatted(i, i % 40));
      }
    }

    firm.run("2026-03-02", CSV);

    assertEquals("40 | %d.00\n".formatted(files), total());
  }

  /** Each customer is of a category of its own. */
  @Test
  void veryManyCategories() throws IOException {
    int customers = 5_000 * SIZE;
    firm.write(rows(customers, "concat('c', id)"), "");
    spark
        .range(customers)
        .selectExpr("concat('c', id) c", "concat('region ', id) region")
        .write()
        .parquet(folder.resolve("customers").toString());

    firm.run(
        "2026-03-02",
        "inputs.customers={path: '%s/customers', columns: {customer_id: c}, characteristics: {region: category}}"
            .formatted(folder));

    assertEquals(
        "%1$d | %1$d\n".formatted(customers),
        text(
            firm.table("customer_indicators"),
            "count_if(region = replace(customer_id, 'c', 'region '))",
            "count(distinct region)"));
  }

  private BufferedWriter csv(String name) throws IOException {
    Path file = firm.input().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.newBufferedWriter(file);
  }

  /** Rows of 1 March, each worth 1. */
  private Dataset<Row> rows(int count, String customer) {
    return spark
        .range(count)
        .selectExpr(
            "concat('s', id) id",
            customer + " customer",
            "TIMESTAMP '2026-03-01 09:00:00' at",
            "cast(1 AS decimal(12,2)) amount",
            "'SALE' kind");
  }

  private String sales(String where) {
    return text(
        firm.table("customer_indicators").where(where), "customer_id", "sales_amount_lifetime");
  }

  private String total() {
    return text(firm.table("customer_indicators"), "count(*)", "sum(sales_amount_lifetime)");
  }
}
