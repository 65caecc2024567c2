package io.karat.engine;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.karat.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Test of the projections that are evaluated in one row. */
@ExtendWith(LocalSpark.class)
class StackedProjectionsTest {
  private final SparkSession spark;

  StackedProjectionsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> customers() {
    return spark
        .range(0, 500, 1, 7)
        .selectExpr(
            "if(id % 7 = 0, null, id) n",
            "if(id % 5 = 0, null, concat('c', id)) name",
            "cast(if(id % 11 = 0, null, id / 3) AS decimal(38,6)) share",
            "if(id % 3 = 0, null, date_add(DATE '2026-01-01', cast(id AS int))) day",
            "array(id, null, id + 1) ids",
            "named_struct('a', id, 'b', cast(id AS string)) pair")
        .distinct();
  }

  /** Each column uses one of the step before, several times, so that Spark keeps them apart. */
  private static Dataset<Row> stacked(Dataset<Row> customers) {
    return customers
        .withColumn("twice", expr("n * 2"))
        .withColumn("text", expr("concat(name, '-', twice, '-', twice)"))
        .withColumn("rest", expr("share - cast(twice / 7 AS decimal(38,6)) * twice"))
        .withColumn("length", expr("length(text) + length(text) * coalesce(twice, -1)"))
        .withColumn("last", expr("if(length > 50, transform(ids, x -> x + length), null)"))
        .withColumn("is_late", expr("rest > 0 AND last IS NOT NULL AND rest < length"))
        .drop("ids", "twice")
        .withColumnRenamed("name", "customer");
  }

  @Test
  void valuesAndTypesAreThoseOfSpark() {
    Dataset<Row> plain = stacked(customers());

    Dataset<Row> rows = StackedProjections.of(plain);

    assertNotSame(plain, rows);
    assertEquals(plain.schema(), rows.schema());
    assertEquals(sorted(plain), sorted(rows));
    assertEquals(
        sorted(plain.filter("is_late").select("customer", "rest")),
        sorted(rows.filter("is_late").select("customer", "rest")));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void fewProjectionsAreLeftToSpark() {
    Dataset<Row> customers = customers().withColumn("twice", expr("n * 2"));
    assertSame(customers, StackedProjections.of(customers));
  }

  /** Whatever counts rows or draws numbers depends on the partition in which it is evaluated. */
  @Test
  void projectionsThatDependOnPartitionsAreLeftToSpark() {
    Dataset<Row> drawn = stacked(customers()).withColumn("drawn", expr("rand(7) * length"));
    assertSame(drawn, StackedProjections.of(drawn));
  }
}
