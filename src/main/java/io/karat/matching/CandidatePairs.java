package io.karat.matching;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.xxhash64;

import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Pairs of customers with the levels at which their fields agree. Of a pair the customer whose id
 * comes first is the left one.
 *
 * @param records one row per customer with values, frequencies and blocks
 */
record CandidatePairs(Dataset<Row> records, MatchPlan plan) {
  /** The rule that brought a pair together. */
  static final String RULE = "rule";

  /** Whether no rule before it did. */
  static final String IS_NEW = "is_new";

  /** The levels of all fields. */
  static final String PATTERN = "pattern";

  static final String LEFT = "left_";
  static final String RIGHT = "right_";

  private static final String LIKENESS = "likeness_";

  /** Customers whose pairs are the random ones: some million pairs. */
  private static final int SAMPLE = 1_500;

  /** The pairs of all rules; one that several rules bring together is there for each. */
  Dataset<Row> ofRules() {
    Dataset<Row> all = ofRule(0);
    for (int rule = 1; rule < plan.rules().size(); rule++) {
      all = all.unionByName(ofRule(rule));
    }
    return all;
  }

  private Dataset<Row> ofRule(int rule) {
    String block = MatchRecords.block(rule);
    Dataset<Row> several =
        records
            .filter(col(block).isNotNull())
            .withColumn("size", count(lit(1)).over(Window.partitionBy(block)))
            .filter(col("size").gt(1))
            .drop("size");
    Column isKnownBefore = lit(false);
    for (int before = 0; before < rule; before++) {
      String other = MatchRecords.block(before);
      isKnownBefore =
          isKnownBefore.or(coalesce(col(LEFT + other).equalTo(col(RIGHT + other)), lit(false)));
    }
    return joined(several, several, col(LEFT + block).equalTo(col(RIGHT + block)))
        .withColumn(RULE, lit(rule))
        .withColumn(IS_NEW, not(isKnownBefore))
        .transform(this::compared);
  }

  /**
   * All pairs of the customers whose ids have the least hashes; starts a job for these, of whom
   * there are at most {@value #SAMPLE}.
   */
  Dataset<Row> random() {
    List<Row> sample =
        records
            .orderBy(xxhash64(col(Columns.CUSTOMER_ID)), col(Columns.CUSTOMER_ID))
            .limit(SAMPLE)
            .collectAsList();
    Dataset<Row> some =
        records
            .sparkSession()
            .createDataFrame(sample, records.schema())
            .repartition(
                records.sparkSession().sparkContext().defaultParallelism(),
                col(Columns.CUSTOMER_ID));
    return joined(some, some, lit(true))
        .withColumn(RULE, lit(-1))
        .withColumn(IS_NEW, lit(true))
        .transform(this::compared);
  }

  private static Dataset<Row> joined(Dataset<Row> left, Dataset<Row> right, Column condition) {
    Column isOrdered = col(LEFT + Columns.CUSTOMER_ID).lt(col(RIGHT + Columns.CUSTOMER_ID));
    return renamed(left, LEFT).join(renamed(right, RIGHT), condition.and(isOrdered));
  }

  private static Dataset<Row> renamed(Dataset<Row> records, String prefix) {
    return records.toDF(
        Arrays.stream(records.columns()).map(name -> prefix + name).toArray(String[]::new));
  }

  /** Adds the pattern; each likeness is computed once and looked at several times. */
  private Dataset<Row> compared(Dataset<Row> pairs) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col(RULE),
                col(IS_NEW),
                col(LEFT + Columns.CUSTOMER_ID),
                col(RIGHT + Columns.CUSTOMER_ID)));
    List<Column> kept = new ArrayList<>(columns);
    Column pattern = lit(0L);
    for (int i = 0; i < plan.fields().size(); i++) {
      MatchField field = plan.fields().get(i);
      Column left = col(LEFT + field.column());
      Column right = col(RIGHT + field.column());
      columns.addAll(List.of(left, right));
      columns.add(field.likeness(left, right).as(LIKENESS + i));
      Column level = field.level(left, right, col(LIKENESS + i)).cast("bigint");
      pattern = pattern.plus(shiftleft(level, AgreementLevel.BITS * i));
      if (field.hasFrequencies()) {
        columns.add(col(LEFT + MatchRecords.frequency(field)));
        kept.add(col(LEFT + MatchRecords.frequency(field)));
      }
    }
    kept.add(pattern.as(PATTERN));
    return pairs.select(columns.toArray(Column[]::new)).select(kept.toArray(Column[]::new));
  }

  /** The number of the level of a field in a pattern. */
  static Column level(int field) {
    return functions
        .shiftright(col(PATTERN), AgreementLevel.BITS * field)
        .bitwiseAND(lit(7L))
        .cast("int");
  }
}
