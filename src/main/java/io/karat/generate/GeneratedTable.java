package io.karat.generate;

/**
 * A table that was written, with its numbers of rows and files.
 *
 * @param name the name of the table and of its folder, such as {@code transactions} or {@code
 *     truth/customers}
 */
public record GeneratedTable(String name, long rows, int files) {
  GeneratedTable withFile(long fileRows) {
    return new GeneratedTable(name, rows + fileRows, files + 1);
  }
}
