package io.karat.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Text table with aligned columns. Columns of numbers are aligned right, with their headings;
 * unknown cells are empty.
 */
final class ConsoleTable {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<Object>> rows = new ArrayList<>();

  ConsoleTable(String... headings) {
    this.headings = List.of(headings);
  }

  /**
   * Adds a row; numbers are formatted as numbers, everything else as text, and {@code ""} is
   * unknown.
   */
  ConsoleTable row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "A row has %d cells: expected one for each of %s".formatted(cells.length, headings));
    }
    rows.add(List.copyOf(Arrays.asList(cells)));
    return this;
  }

  /** The lines of the table: headings, a rule, and the rows. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(headings));
    lines.add(line(IntStream.range(0, headings.size()).mapToObj(this::rule).toList()));
    rows.forEach(row -> lines.add(line(row.stream().map(ConsoleTable::text).toList())));
    return lines;
  }

  private String line(List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(column -> aligned(cells.get(column), column))
        .collect(joining(GAP))
        .stripTrailing();
  }

  private String aligned(String cell, int column) {
    return isNumeric(column)
        ? DisplayWidth.right(cell, width(column))
        : DisplayWidth.left(cell, width(column));
  }

  private String rule(int column) {
    return "-".repeat(width(column));
  }

  private int width(int column) {
    return rows.stream()
        .map(row -> text(row.get(column)))
        .mapToInt(DisplayWidth::width)
        .reduce(DisplayWidth.width(headings.get(column)), Math::max);
  }

  private boolean isNumeric(int column) {
    List<Object> known =
        rows.stream().map(row -> row.get(column)).filter(cell -> !"".equals(cell)).toList();
    return !known.isEmpty() && known.stream().allMatch(Number.class::isInstance);
  }

  private static String text(Object cell) {
    return cell instanceof Number number ? ConsoleNumbers.text(number) : cell.toString();
  }
}
