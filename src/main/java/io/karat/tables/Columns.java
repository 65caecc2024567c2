package io.karat.tables;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is done with frames here and there. */
public final class Columns {
  private Columns() {}

  /** The frame with more columns, in order. */
  public static Dataset<Row> with(Dataset<Row> frame, Map<String, Column> added) {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(frame.columns()).map(Columns::column).forEach(columns::add);
    added.forEach((name, value) -> columns.add(value.as(name)));
    return frame.select(columns.toArray(Column[]::new));
  }

  /** A column by its name as it is, whatever is in it. */
  public static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
