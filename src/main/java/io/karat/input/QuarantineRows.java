package io.karat.input;

import static io.karat.input.ValidatedRows.DAY;
import static io.karat.input.ValidatedRows.OUTCOME;
import static io.karat.input.ValidatedRows.TYPE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.SourceFormat;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import scala.util.Try;

/**
 * Quarantined source rows and duplicates: one row each, with {@code reason} (a {@link
 * QuarantineReason} or {@link RowOutcome#DUPLICATE}), {@code event_date}, {@code customer_id},
 * {@code source_row} (its values as JSON) and {@code source_file}.
 */
public final class QuarantineRows {
  static final String SOURCE_ROW = "source_row";
  static final String SOURCE_FILE = "source_file";

  /** The beginning of the reason of an example. */
  public static final String UNREADABLE = "unreadable_value_of_";

  private static final int EXAMPLES = 3;

  private QuarantineRows() {}

  /**
   * Reads the source again to keep the rows that were refused.
   *
   * @param aliases the aliases of customers, if that input is mapped
   * @param hasGroups whether rows are also refused because of other rows: re-deliveries, and lines
   *     of negative transactions
   */
  public static Dataset<Row> of(
      Dataset<Row> source,
      InputMapping mapping,
      Optional<Aliases> aliases,
      LocalDate asOf,
      boolean hasGroups) {
    return of(source, mapping, aliases, asOf, hasGroups, Optional.empty());
  }

  /**
   * The same, of some days.
   *
   * @param days the days; all if empty
   */
  public static Dataset<Row> of(
      Dataset<Row> source,
      InputMapping mapping,
      Optional<Aliases> aliases,
      LocalDate asOf,
      boolean hasGroups,
      Optional<EventDays> days) {
    Column row = row(source);
    List<Column> origin = List.of(row.as(SOURCE_ROW), file(source).as(SOURCE_FILE));
    MappedRows mapped = MappedRows.of(source, mapping, origin);
    List<String> kept = new ArrayList<>(InputRows.kept(mapping));
    kept.addAll(List.of(SOURCE_ROW, SOURCE_FILE));
    Dataset<Row> rows = new ValidatedRows(mapped, asOf).rows(kept);
    Dataset<Row> judged = days.map(some -> rows.filter(some.contain(col(DAY)))).orElse(rows);
    Dataset<Row> resolved = aliases.map(all -> all.resolve(judged)).orElse(judged);
    Deduplication redelivery = new Deduplication(mapping, aliases);
    Dataset<Row> refused = hasGroups ? judgedInGroups(resolved, mapping, redelivery) : resolved;
    return published(
        refused.filter(
            not(
                col(OUTCOME)
                    .isin(RowOutcome.CANDIDATE, RowOutcome.EXCLUDED, RowOutcome.AFTER_AS_OF))),
        col(OUTCOME));
  }

  /**
   * Reads the source again to show values that are there and cannot be read: at most three used
   * rows of each column, whose {@code reason} is {@value #UNREADABLE} and its name.
   *
   * @param columns names of optional columns
   */
  public static Dataset<Row> examples(
      Dataset<Row> source, InputMapping mapping, LocalDate asOf, Set<String> columns) {
    List<Column> origin = List.of(row(source).as(SOURCE_ROW), file(source).as(SOURCE_FILE));
    ValidatedRows validated = new ValidatedRows(MappedRows.of(source, mapping, origin), asOf);
    Dataset<Row> used =
        validated
            .rows(List.of(SOURCE_ROW, SOURCE_FILE))
            .filter(col(OUTCOME).equalTo(RowOutcome.CANDIDATE));
    List<String> all = validated.values().convertible();
    return all.stream()
        .filter(columns::contains)
        .map(
            name ->
                published(
                    used.filter(OptionalValues.isUnreadable(all.indexOf(name)))
                        .orderBy(col(SOURCE_ROW), col(SOURCE_FILE))
                        .limit(EXAMPLES),
                    lit(UNREADABLE + name)))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private static Dataset<Row> published(Dataset<Row> rows, Column reason) {
    return rows.select(
        reason.as("reason"),
        col(DAY).as("event_date"),
        col(Columns.CUSTOMER_ID),
        col(SOURCE_ROW),
        col(SOURCE_FILE));
  }

  private static Dataset<Row> judgedInGroups(
      Dataset<Row> judged, InputMapping mapping, Deduplication redelivery) {
    List<Column> tieBreakers = List.of(col(SOURCE_ROW).desc(), col(SOURCE_FILE).desc());
    Dataset<Row> marked =
        redelivery.mark(judged.repartition(col(Columns.CUSTOMER_ID)), tieBreakers);
    Column isCandidate = col(OUTCOME).equalTo(RowOutcome.CANDIDATE);
    Column outcome =
        when(isCandidate.and(not(Deduplication.isUsed())), lit(RowOutcome.DUPLICATE))
            .when(isCandidate, mapping.isLines() ? outcomeOfLine(mapping) : col(OUTCOME))
            .otherwise(col(OUTCOME));
    return marked.withColumn(OUTCOME, outcome);
  }

  /** A line is refused if the lines of its transaction add up to less than zero. */
  private static Column outcomeOfLine(InputMapping mapping) {
    WindowSpec transaction =
        Window.partitionBy(
            col(Columns.CUSTOMER_ID), col("transaction_id"), col(TYPE), col(DAY), col(OUTCOME));
    Column total = total("amount", transaction);
    Column outcome =
        when(total.isNull(), lit(QuarantineReason.OVERFLOWING_AMOUNT.code()))
            .when(total.lt(0), lit(QuarantineReason.NEGATIVE_AMOUNT.code()));
    if (InputRows.isCostSummed(mapping)) {
      Column isCosted =
          count_if(Deduplication.isUsed().and(col(ValidatedRows.COST).isNull()))
              .over(transaction)
              .equalTo(0);
      outcome =
          outcome.when(
              ValidatedRows.isReturn(col(TYPE))
                  .and(isCosted)
                  .and(total(ValidatedRows.COST, transaction).lt(0)),
              lit(QuarantineReason.NEGATIVE_COST.code()));
    }
    return outcome.otherwise(col(OUTCOME));
  }

  /** The sum of the lines of a transaction that count; null if it has too many digits. */
  private static Column total(String column, WindowSpec transaction) {
    Column amount = when(Deduplication.isUsed(), col(column)).otherwise(lit(0L));
    return Money.minorUnitsOf(
        sum(Money.highHalf(amount)).over(transaction),
        sum(Money.lowHalf(amount)).over(transaction));
  }

  /** The values of a row; the text of one that does not fit its format. */
  private static Column row(Dataset<Row> source) {
    List<String> all = List.of(source.columns());
    Column[] own =
        all.stream()
            .filter(name -> !JoinedTable.OF_READING.contains(name))
            .map(name -> source.col(SourceFormat.quoted(name)))
            .toArray(Column[]::new);
    Column values = to_json(struct(own), Map.of("ignoreNullFields", "false"));
    if (!all.contains(SourceFormat.MALFORMED)) {
      return values;
    }

    Column text = source.col(SourceFormat.MALFORMED);
    return when(text.isNotNull(), to_json(struct(text.as("text")))).otherwise(values);
  }

  private static Column file(Dataset<Row> source) {
    if (List.of(source.columns()).contains(SourceFormat.FILE)) {
      return source.col(SourceFormat.FILE);
    }

    Try<Column> path = Try.apply(() -> source.metadataColumn("_metadata").getField("file_path"));
    Try<Dataset<Row>> resolved = Try.apply(() -> source.select(path.get()));
    return resolved.isSuccess() ? path.get() : lit(null).cast("string");
  }
}
