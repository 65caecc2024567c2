package io.karat.generate;

import static io.karat.generate.TextRows.assertRows;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.input.QuarantineRows;
import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.Sources;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Tests that validation finds exactly the bad rows that the ground truth lists, with their reasons.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class DirtyFirmTest {
  private static final SyntheticFirm FIRM = SyntheticFirm.of(1_500, 45, 11);
  private static final Population POPULATION = FIRM.population();
  private static final BusinessHours HOURS = new BusinessHours(FIRM.zone());
  private static final DirtyDataRules SOURCE = new DirtyDataRules(POPULATION);

  /** Of all customer snapshots only the one of this day is validated. */
  private static final String SNAPSHOT = "2024-02-01";

  static final List<Made> MADE =
      List.of(
          new Made(SOURCE.transactions(), spark -> clean(spark, FIRM.transactionTable())),
          new Made(
              SOURCE.payments(),
              spark ->
                  clean(spark, new PaymentGenerator(new PurchaseGenerator(POPULATION), HOURS))),
          new Made(
              SOURCE.contacts(), spark -> clean(spark, new ContactGenerator(POPULATION, HOURS))),
          new Made(SOURCE.customers(), spark -> new CustomerGenerator(POPULATION).rows(spark)),
          new Made(
              SOURCE.opportunities(), spark -> new OpportunityGenerator(POPULATION).rows(spark)),
          new Made(SOURCE.aliases(), spark -> new AliasGenerator(POPULATION).rows(spark)),
          new Made(SOURCE.markets(), spark -> new MarketGenerator(POPULATION).rows(spark)));

  @TempDir private static Path folder;

  @BeforeAll
  static void write(SparkSession spark) {
    FIRM.writeDirty(spark, folder.toUri().toString());
  }

  @ParameterizedTest
  @EnumSource
  void exactlyTheBadRowsAreQuarantinedAndForTheirReasons(InputTable table, SparkSession spark) {
    Column rowId = get_json_object(col("source_row"), "$.row_id");
    Sources firm = sources(spark);
    Night night = firm.night();
    Dataset<Row> quarantined =
        QuarantineRows.of(
            firm.of(table),
            night.mapping(table),
            firm.aliases(night).filter(all -> table.hasCustomers()),
            FIRM.lastDay(),
            true);

    assertEquals(
        lines(
            truth(spark, table.tableName())
                .where("row_id NOT LIKE '%@%' OR row_id LIKE '%@" + SNAPSHOT + "%'")),
        lines(quarantined.select(rowId.as("row_id"), col("reason"))));
  }

  @Test
  void everyReasonIsThereInEveryTable(SparkSession spark) {
    Dataset<Row> reasons =
        MADE.stream()
            .map(Made::name)
            .map(name -> truth(spark, name).select(lit(name).as("table"), col("reason")))
            .reduce(Dataset::union)
            .orElseThrow()
            .groupBy("table")
            .agg(array_join(array_sort(collect_set(col("reason"))), " ").as("reasons"));

    assertRows(
        """
        table | reasons
        transactions | ancient_date duplicate missing_customer negative_amount negative_cost overflowing_amount \
        too_many_decimals unknown_type unreadable_amount unreadable_time
        payments | ancient_date duplicate missing_customer negative_amount overflowing_amount \
        too_many_decimals unknown_type unreadable_amount unreadable_time
        contacts | ancient_date duplicate missing_customer overflowing_amount too_many_decimals \
        unknown_type unreadable_amount unreadable_time
        customers | duplicate missing_customer
        opportunities | ancient_date duplicate invalid_probability missing_customer \
        negative_amount overflowing_amount too_many_decimals unreadable_amount unreadable_time
        aliases | duplicate missing_customer
        markets | ancient_date duplicate missing_market negative_amount overflowing_amount \
        too_many_decimals unreadable_amount unreadable_time
        """,
        reasons);
  }

  @Test
  void everyFlawIsThereInTheLargestTable(SparkSession spark) {
    List<DirtyRule> flaws = SOURCE.transactions().flaws();

    assertEquals(
        flaws.stream().filter(flaw -> !flaw.isExactCopy()).count(),
        read(spark, "transactions")
            .where("row_id LIKE '%#%'")
            .select(expr("substring_index(row_id, '#', -1)"))
            .distinct()
            .count());
  }

  @Test
  void badRowsAreFewInALargeTable(SparkSession spark) {
    // 4 in 1000 of 30,000 rows are 120, with a tolerance of three times the square root.
    double share =
        (double) truth(spark, "transactions").count() / read(spark, "transactions").count();

    assertEquals(0.004, share, 0.0012);
  }

  @ParameterizedTest
  @FieldSource("MADE")
  void aBadRowIsInTheDataUnderItsIdAndSharesItOnlyWithTheRowItCopies(
      Made table, SparkSession spark) {
    Dataset<Row> named =
        read(spark, table.name()).groupBy("row_id").agg(expr("count(*)").as("rows"));

    assertRows(
        """
        absent | repeated_in_truth | repeated_copies | repeated_beside_exact_copies
        0      | 0                 | 0               | 0
        """,
        named
            .join(
                truth(spark, table.name()).groupBy("row_id").agg(expr("count(*)").as("named")),
                "row_id",
                "full")
            .selectExpr(
                "count_if(rows IS NULL) AS absent",
                "count_if(named > 1) AS repeated_in_truth",
                "count_if(row_id LIKE '%#%' AND rows > 1) AS repeated_copies",
                "count_if(row_id NOT LIKE '%#%' AND rows != if(named IS NULL, 1, 2))"
                    + " AS repeated_beside_exact_copies"));
  }

  @ParameterizedTest
  @FieldSource("MADE")
  void withoutTheCopiesItIsTheCleanFirm(Made table, SparkSession spark) {
    Dataset<Row> clean = table.clean().apply(spark);
    Column[] typed =
        Arrays.stream(clean.schema().fields())
            .map(field -> col(field.name()).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new);
    Dataset<Row> read =
        read(spark, table.name()).where("row_id NOT LIKE '%#%'").distinct().select(typed);

    assertEquals(lines(clean), lines(read));
  }

  private static Sources sources(SparkSession spark) {
    Sources sources = new Sources(Map.of());
    for (InputTable table : InputTable.values()) {
      Dataset<Row> rows = read(spark, table.tableName());
      sources =
          sources.with(
              table,
              table == InputTable.CUSTOMERS
                  ? rows.where(col("day").equalTo(SNAPSHOT)).drop("day")
                  : rows);
    }
    return sources;
  }

  private static Dataset<Row> clean(SparkSession spark, DayTable table) {
    return table.keys(spark).transform(table::described);
  }

  private static Dataset<Row> truth(SparkSession spark, String table) {
    return read(spark, DirtyWriter.BAD_ROWS + table);
  }

  private static Dataset<Row> read(SparkSession spark, String table) {
    return spark.read().parquet(folder.resolve(table).toString());
  }

  private static String lines(Dataset<Row> rows) {
    Stream<String> lines = rows.collectAsList().stream().map(row -> row.mkString(" | "));
    return String.join("\n", lines.sorted().toList());
  }

  /** A dirty table, and its rows before the flaws. */
  private record Made(DirtyTable table, Function<SparkSession, Dataset<Row>> clean) {
    String name() {
      return table.name();
    }

    @Override
    public String toString() {
      return name();
    }
  }
}
