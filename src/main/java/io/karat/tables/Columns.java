package io.karat.tables;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Columns of data frames: the names that all tables share, quoted and added columns. */
public final class Columns {
  public static final String CUSTOMER_ID = "customer_id";
  public static final String AS_OF_DATE = "as_of_date";
  public static final String RUN_ID = "run_id";

  /** The run that refused a row, which a later one keeps. */
  public static final String REFUSED_BY = "refused_by_run_id";

  private Columns() {}

  /** Appends columns in the order of the map. */
  public static Dataset<Row> with(Dataset<Row> frame, Map<String, Column> added) {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(frame.columns()).map(Columns::column).forEach(columns::add);
    added.forEach((name, value) -> columns.add(value.as(name)));
    return frame.select(columns.toArray(Column[]::new));
  }

  /** The column of exactly this name, whatever characters are in it. */
  public static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
