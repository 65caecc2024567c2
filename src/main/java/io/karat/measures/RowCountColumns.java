package io.karat.measures;

import io.karat.settings.InputTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns in which a customer's rows of one input are counted, beside its measures.
 *
 * @param input whose rows
 */
public record RowCountColumns(InputTable input) {

  /** Rows that are used. */
  public String usedRows() {
    return name("used_rows");
  }

  public String usedAmount() {
    return name("used_row_amount");
  }

  /** Rows that were delivered again. */
  public String duplicateRows() {
    return name("duplicate_rows");
  }

  public String duplicateAmount() {
    return name("duplicate_row_amount");
  }

  /** Lines of a transaction that adds up to less than zero. */
  public String refusedRows() {
    return name("refused_rows");
  }

  public String refusedAmount() {
    return name("refused_row_amount");
  }

  /** The counts of rows. */
  public List<String> rows() {
    return List.of(usedRows(), duplicateRows(), refusedRows());
  }

  /** The sums of absolute amounts. */
  public List<String> amounts() {
    return List.of(usedAmount(), duplicateAmount(), refusedAmount());
  }

  /** All of them. */
  public List<String> names() {
    return Stream.concat(rows().stream(), amounts().stream()).toList();
  }

  private String name(String what) {
    return "tally_%s_%s".formatted(input.tableName(), what);
  }
}
