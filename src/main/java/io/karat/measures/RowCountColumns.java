package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import io.karat.settings.InputTable;
import io.karat.tables.DecimalTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns that count a customer's rows of one input, beside its measures.
 *
 * @param input the input whose rows are counted
 */
public record RowCountColumns(InputTable input) {

  /** The number of used rows. */
  public String usedRows() {
    return name("used_rows");
  }

  /** Over all customers, the number of used rows of the one with the most. */
  public String mostUsedRows() {
    return name("most_used_rows");
  }

  public String usedAmount() {
    return name("used_row_amount");
  }

  /** The number of rows that were delivered again. */
  public String duplicateRows() {
    return name("duplicate_rows");
  }

  public String duplicateAmount() {
    return name("duplicate_row_amount");
  }

  /** The number of lines of transactions that add up to less than zero. */
  public String refusedRows() {
    return name("refused_rows");
  }

  public String refusedAmount() {
    return name("refused_row_amount");
  }

  /** The columns that count rows. */
  public List<String> rows() {
    return List.of(usedRows(), duplicateRows(), refusedRows());
  }

  /** The columns that add up absolute amounts. */
  public List<String> amounts() {
    return List.of(usedAmount(), duplicateAmount(), refusedAmount());
  }

  /** All columns. */
  public List<String> names() {
    return Stream.concat(rows().stream(), amounts().stream()).toList();
  }

  /** The columns over all customers: the sum of each, and {@link #mostUsedRows}. */
  public List<Column> totals() {
    List<Column> totals = new ArrayList<>();
    for (String name : names()) {
      totals.add(coalesce(sum(col(name)), lit(0)).cast(DecimalTypes.EXACT).as(name));
    }
    totals.add(max(col(usedRows())).cast(DataTypes.LongType).as(mostUsedRows()));
    return totals;
  }

  private String name(String what) {
    return "tally_%s_%s".formatted(input.tableName(), what);
  }
}
