package io.karat.matching;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.input.Aliases;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.input.OpenedSource;
import io.karat.input.SampledRows;
import io.karat.input.Source;
import io.karat.run.InputErrors;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Customers of a day as they are compared: one row each, aliases already one with theirs. */
record MatchRecords(MatchPlan plan, List<OpenedSource> sources, LocalDate asOf) {
  private static final int BYTES_IN_PARTITION_BITS = 23;
  private static final int MOST_PARTITIONS = 2_000;

  /**
   * Opens the inputs as they stand now.
   *
   * @throws io.karat.run.InputException naming all that are missing
   */
  static MatchRecords open(MatchPlan plan, LocalDate asOf, SparkSession spark) {
    List<InputSettings> inputs =
        Stream.concat(
                Stream.of(plan.input()), plan.settings().inputs().find(InputTable.ALIASES).stream())
            .toList();
    return new MatchRecords(
        plan,
        InputErrors.of(
            inputs,
            input ->
                Source.of(input, asOf, spark.sparkContext().hadoopConfiguration()).open(spark)),
        asOf);
  }

  /** Lines that tell two states of the inputs apart. */
  List<String> lines() {
    return sources.stream().flatMap(source -> source.lines().stream()).toList();
  }

  /** One row per customer: the id, and a column of comparable values for each field. */
  Dataset<Row> values(SparkSession spark) {
    List<Column> columns = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID)));
    fields().forEach(field -> columns.add(field.value(col(field.column())).as(field.column())));
    return rows(sources.get(0), plan.mapping(), aliases(spark), spark)
        .select(columns.toArray(Column[]::new));
  }

  private Stream<MatchField> fields() {
    return Stream.concat(
            plan.fields().stream(),
            plan.rules().stream().flatMap(rule -> rule.terms().stream()).map(it -> it.field()))
        .distinct();
  }

  private Optional<Aliases> aliases(SparkSession spark) {
    if (sources.size() == 1) {
      return Optional.empty();
    }

    InputSettings input = plan.settings().inputs().find(InputTable.ALIASES).orElseThrow();
    Problems problems = new Problems();
    InputMapping mapping =
        InputMapping.of(input, new Money(plan.settings().moneyScale()), problems);
    problems.throwIfAny();
    return Optional.of(Aliases.of(rows(sources.get(1), mapping, Optional.empty(), spark)));
  }

  private Dataset<Row> rows(
      OpenedSource source, InputMapping mapping, Optional<Aliases> aliases, SparkSession spark) {
    Dataset<Row> rows = source.rows(mapping);
    SampledRows.of(rows, mapping).requireText();
    long partitions =
        Math.max(
            spark.sparkContext().defaultParallelism(), source.bytes() >> BYTES_IN_PARTITION_BITS);
    return InputRows.of(
            rows,
            mapping,
            aliases,
            asOf,
            Set.copyOf(mapping.columns().keySet()),
            (int) Math.min(MOST_PARTITIONS, partitions))
        .candidates()
        .filter(not(col("is_duplicate")));
  }

  /**
   * Adds the block of each rule and the frequencies of values: the share of the other customers who
   * have the same one, which is the chance that one of them agrees.
   */
  static Dataset<Row> described(Dataset<Row> values, MatchPlan plan, long customers) {
    Dataset<Row> described = values;
    for (MatchField field : plan.fields()) {
      if (field.hasFrequencies()) {
        Column value = values.col(field.column());
        Dataset<Row> frequencies =
            values
                .filter(value.isNotNull())
                .groupBy(value.as("value"))
                .agg(count(lit(1)).as("owners"))
                .filter(col("owners").gt(1))
                .select(
                    col("value"),
                    col("owners")
                        .minus(1)
                        .divide(lit((double) Math.max(1, customers - 1)))
                        .as(frequency(field)));
        described =
            described
                .join(frequencies, col(field.column()).equalTo(col("value")), "left")
                .drop("value");
      }
    }
    for (int rule = 0; rule < plan.rules().size(); rule++) {
      described = described.withColumn(block(rule), plan.rules().get(rule).block());
    }
    return described;
  }

  /** The same rows without the blocks that are left out. */
  static Dataset<Row> without(List<BlockSizes> sizes, Dataset<Row> records) {
    Dataset<Row> kept = records;
    for (int rule = 0; rule < sizes.size(); rule++) {
      Object[] large = sizes.get(rule).leftOut().keySet().toArray();
      if (large.length > 0) {
        Column block = col(block(rule));
        kept = kept.withColumn(block(rule), when(not(block.isin(large)), block));
      }
    }
    return kept;
  }

  static String block(int rule) {
    return "block_" + rule;
  }

  static String frequency(MatchField field) {
    return field.column() + "_frequency";
  }
}
