package io.karat.matching;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sizes of the blocks of one rule.
 *
 * @param blocks the blocks with at least two customers that are not left out
 * @param pairs the pairs in them
 * @param leftOut the customers of each block that is too large; there are at most as many as
 *     customers divided by the limit
 */
record BlockSizes(BlockingRule rule, long blocks, long pairs, SortedMap<String, Long> leftOut) {
  BlockSizes {
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
  }

  /** Counts the blocks of all rules; starts one job. */
  static List<BlockSizes> of(Dataset<Row> records, MatchPlan plan) {
    int rules = plan.rules().size();
    Column[] ofRules =
        IntStream.range(0, rules)
            .mapToObj(
                rule -> struct(lit(rule).as("rule"), col(MatchRecords.block(rule)).as("block")))
            .toArray(Column[]::new);
    Column size = col("size");
    Column isSmall = size.leq(plan.matching().mostInBlock());
    List<Row> rows =
        records
            .select(inline(array(ofRules)))
            .filter(col("block").isNotNull())
            .groupBy("rule", "block")
            .agg(count(lit(1)).as("size"))
            .filter(size.gt(1))
            .groupBy("rule")
            .agg(
                count_if(isSmall).as("blocks"),
                sum(when(isSmall, size.multiply(size.minus(1)).divide(2).cast("bigint"))
                        .otherwise(0L))
                    .as("pairs"),
                collect_list(when(isSmall.equalTo(false), struct(col("block"), size)))
                    .as("left_out"))
            .collectAsList();
    List<BlockSizes> all = new ArrayList<>();
    for (int rule = 0; rule < rules; rule++) {
      int number = rule;
      all.add(
          rows.stream()
              .filter(row -> row.getInt(0) == number)
              .findFirst()
              .map(row -> of(plan.rules().get(number), row))
              .orElseGet(
                  () ->
                      new BlockSizes(
                          plan.rules().get(number), 0, 0, Collections.emptySortedMap())));
    }
    return all;
  }

  private static BlockSizes of(BlockingRule rule, Row row) {
    SortedMap<String, Long> leftOut = new TreeMap<>();
    row.<Row>getList(3).forEach(block -> leftOut.put(block.getString(0), block.getLong(1)));
    return new BlockSizes(rule, row.getLong(1), row.getLong(2), leftOut);
  }
}
