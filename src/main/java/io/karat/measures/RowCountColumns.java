package io.karat.measures;

import io.karat.settings.InputTable;
import java.util.List;
import java.util.stream.Stream;

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

  private String name(String what) {
    return "tally_%s_%s".formatted(input.tableName(), what);
  }
}
