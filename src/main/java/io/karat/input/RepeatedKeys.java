package io.karat.input;

import static io.karat.input.JudgedRows.CUSTOMER;
import static io.karat.input.JudgedRows.DAY;
import static io.karat.input.JudgedRows.OUTCOME;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Counts keys that stand for more than one event: under several customers or business days. */
public final class RepeatedKeys {
  private RepeatedKeys() {}

  /** One row with {@code repeated_keys}; reads the columns of the key once more. */
  public static Dataset<Row> of(Dataset<Row> source, InputMapping mapping, LocalDate asOf) {
    Dataset<Row> judged =
        new JudgedRows(MappedRows.of(source, mapping, List.of()), asOf)
            .rows(InputRows.kept(mapping));
    List<Column> key = MappedRows.keyColumns(mapping).stream().map(functions::col).toList();
    Column[] events =
        Stream.concat(key.stream(), Stream.of(col(CUSTOMER), col(DAY))).toArray(Column[]::new);
    Column[] keys = key.toArray(Column[]::new);
    return judged
        .filter(col(OUTCOME).equalTo(Outcome.CANDIDATE).and(coalesce(keys).isNotNull()))
        .groupBy(events)
        .agg(count(lit(1)).as("rows"))
        .groupBy(keys)
        .agg(count(lit(1)).as("events"))
        .agg(functions.count_if(col("events").gt(1)).as("repeated_keys"));
  }
}
