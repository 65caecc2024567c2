package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.karat.settings.BilingualText;
import io.karat.settings.Translations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Values of one column that differ only in case or white space. They may mean the same and count
 * apart all the same, so that a person is told.
 *
 * @param values the number of rows or customers of each
 */
public record SimilarValues(String name, Map<String, Long> values) {
  private static final int MOST = 1_000;
  private static final int NAMED = 5;
  private static final String ALIKE = "alike";

  public SimilarValues {
    values = Map.copyOf(values);
  }

  /**
   * One remark for each column that has such values; starts one job.
   *
   * @param counted few rows, one for each {@link Markets#CHARACTERISTIC} and {@link Markets#VALUE}
   * @param number the column with the number of a value's rows or customers
   */
  public static List<BilingualText> remarks(Dataset<Row> counted, String number) {
    Column value = col(Markets.VALUE);
    Column alike = lower(regexp_replace(value, "[\\s\\p{Z}]+", ""));
    List<Row> groups =
        counted
            // So few rows are not worth the job of an exchange.
            .coalesce(1)
            .filter(value.isNotNull())
            .groupBy(col(Markets.CHARACTERISTIC).as("name"), alike.as(ALIKE))
            .agg(
                count(lit(1)).as("spellings"),
                sum(number).as("all"),
                collect_list(struct(value.as("value"), col(number).cast("bigint").as("count")))
                    .as("values"))
            .filter(col("spellings").gt(1))
            .orderBy(col("name"), col("all").desc(), col(ALIKE))
            .limit(MOST)
            .collectAsList();
    Map<String, List<SimilarValues>> byName = new TreeMap<>();
    for (Row group : groups) {
      SimilarValues similar = of(group);
      byName.computeIfAbsent(similar.name(), it -> new ArrayList<>()).add(similar);
    }
    return byName.values().stream().map(SimilarValues::remark).toList();
  }

  private static SimilarValues of(Row group) {
    Map<String, Long> values = new TreeMap<>();
    group
        .<Row>getList(group.fieldIndex("values"))
        .forEach(it -> values.put(it.getString(0), it.getLong(1)));
    return new SimilarValues(group.getAs("name"), values);
  }

  private static BilingualText remark(List<SimilarValues> all) {
    SimilarValues first = all.get(0);
    return Translations.text(
        all.size() == 1 ? "input.similar_values" : "input.more_similar_values",
        first.name(),
        first.inWords(),
        all.size() - 1);
  }

  /** The values with their numbers, the most frequent first. */
  private String inWords() {
    String named =
        values.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(NAMED)
            .map(it -> "'%s' (%,d)".formatted(it.getKey(), it.getValue()))
            .collect(Collectors.joining(", "));
    return values.size() > NAMED ? named + ", …" : named;
  }
}
