package io.karat.input;

import static io.karat.input.ValidatedRows.OUTCOME;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.karat.run.InputException;
import io.karat.run.RefusedException;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;

/**
 * Sample of the first rows of an input, judged as a night judges them, so that what is wrong with
 * all rows is told before a night.
 *
 * @param rows the source's rows
 */
public record SampledRows(Dataset<Row> rows, InputMapping mapping) {
  private static final int SIZE = 1_000;

  /** A sample of a source. */
  public static SampledRows of(Dataset<Row> source, InputMapping mapping) {
    return new SampledRows(source.limit(SIZE), mapping);
  }

  /**
   * Ends the command if a key consists of bytes that are no text; looks at rows only where a key is
   * binary.
   *
   * @throws InputException if it does
   */
  public void requireText() {
    MappedRows mapped = MappedRows.of(rows, mapping, List.of());
    for (String name : keys()) {
      if (mapped.type(name) instanceof BinaryType) {
        Column isGarbled = new KeyColumn(MappedRows.raw(name), mapped.type(name), true).isGarbled();
        if (!mapped.rows().filter(isGarbled).isEmpty()) {
          throw new InputException(
              "Input '%1$s' has a key of the wrong type: '%2$s' is binary and not text, expected %3$s. Write hex(…) around it in 'inputs.%1$s.columns.%2$s'."
                  .formatted(mapping.table().name(), name, KeyColumn.EXPECTED));
        }
      }
    }
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    if (mapping.table().hasCustomer()) {
      keys.add(Columns.CUSTOMER_ID);
    }
    mapping
        .table()
        .otherColumns()
        .forEach(
            (name, type) -> {
              if (type == ColumnType.KEY && mapping.maps(name)) {
                keys.add(name);
              }
            });
    return keys;
  }

  /**
   * Ends the command if more rows of the sample cannot be used than a night allows, or more
   * optional values cannot be read.
   *
   * @throws RefusedException with the reasons
   */
  public void requireUsable(LocalDate asOf, Checks checks) {
    ValidatedRows validated = new ValidatedRows(MappedRows.of(rows, mapping, List.of()), asOf);
    Dataset<Row> judged = validated.rows(List.of());
    Map<String, Long> refused = new TreeMap<>();
    long wanted = 0;
    for (Row outcome : judged.groupBy(OUTCOME).agg(count(lit(1)).as("rows")).collectAsList()) {
      String name = outcome.getString(0);
      boolean isExcluded = name.equals(RowOutcome.EXCLUDED);
      wanted += isExcluded ? 0 : outcome.getLong(1);
      if (!isExcluded
          && !name.equals(RowOutcome.CANDIDATE)
          && !name.equals(RowOutcome.AFTER_AS_OF)) {
        refused.put(name, outcome.getLong(1));
      }
    }
    require(refused, wanted, checks.maxQuarantine(), "cannot be used");
    require(
        unreadable(validated, judged),
        wanted,
        checks.maxUnreadable(),
        "have values that cannot be read");
  }

  /** Remarks on values of texts that differ only in case or white space. */
  public List<BilingualText> similarValues(LocalDate asOf) {
    Column[] texts =
        mapping.table().otherColumns().entrySet().stream()
            .filter(column -> column.getValue() == ColumnType.TEXT && mapping.maps(column.getKey()))
            .map(Map.Entry::getKey)
            .map(name -> struct(lit(name).as(Markets.CHARACTERISTIC), col(name).as(Markets.VALUE)))
            .toArray(Column[]::new);
    if (texts.length == 0) {
      return List.of();
    }

    Dataset<Row> counted =
        new ValidatedRows(MappedRows.of(rows, mapping, List.of()), asOf)
            .rows(List.of())
            .filter(col(OUTCOME).equalTo(RowOutcome.CANDIDATE))
            .select(inline(array(texts)))
            .groupBy(Markets.CHARACTERISTIC, Markets.VALUE)
            .agg(count(lit(1)).as("rows"));
    return SimilarValues.remarks(counted, "rows");
  }

  private static Map<String, Long> unreadable(ValidatedRows validated, Dataset<Row> judged) {
    Map<String, Long> counts = new TreeMap<>();
    List<String> names = validated.values().convertible();
    for (int i = 0; i < names.size(); i++) {
      Column isUsed = col(OUTCOME).equalTo(RowOutcome.CANDIDATE);
      long rows = judged.filter(isUsed.and(OptionalValues.isUnreadable(i))).count();
      if (rows > 0) {
        counts.put(names.get(i), rows);
      }
    }
    return counts;
  }

  private void require(Map<String, Long> reasons, long rows, BigDecimal most, String what) {
    long all = reasons.values().stream().mapToLong(Long::longValue).sum();
    if (BigDecimal.valueOf(all).compareTo(most.multiply(BigDecimal.valueOf(rows))) <= 0) {
      return;
    }

    List<String> words = new ArrayList<>();
    reasons.forEach((reason, count) -> words.add(count + " " + reason));
    throw new RefusedException(
        "%d of the first %d rows of '%s' %s: %s. Expected at most %s %%. %s"
            .formatted(
                all,
                rows,
                mapping.table().name(),
                what,
                String.join(", ", words),
                most.movePointRight(2).stripTrailingZeros().toPlainString(),
                new ConversionExamples(mapping).advice(reasons.keySet())));
  }
}
