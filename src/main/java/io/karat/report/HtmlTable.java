package io.karat.report;

import java.util.ArrayList;
import java.util.List;

/**
 * HTML table with the numbers behind a chart, as text.
 *
 * @param isOpen whether the table is visible at once, instead of on demand
 */
record HtmlTable(List<Head> heads, List<Row> rows, boolean isOpen) {
  HtmlTable {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
  }

  /** Whether any row is printed. */
  boolean isOnPaper() {
    return rows.stream().anyMatch(Row::isOnPaper);
  }

  /**
   * Row of cells.
   *
   * @param isOnPaper whether it is printed too
   */
  record Row(List<Cell> cells, boolean isOnPaper) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /** Head of a column. */
  record Head(String text, boolean isNumber) {}

  /** Cell, with the head of its column for narrow pages. */
  record Cell(String head, String text, boolean isNumber) {
    /** Whether it is a day, which is not broken into lines. */
    boolean isDate() {
      return !isNumber && text.matches("\\d{4}-\\d{2}-\\d{2}");
    }
  }

  /** Starts a table; a head that starts with # is over numbers. */
  static Builder of(String... heads) {
    List<Head> all = new ArrayList<>();
    for (String head : heads) {
      boolean isNumber = head.startsWith("#");
      all.add(new Head(isNumber ? head.substring(1) : head, isNumber));
    }
    return new Builder(all);
  }

  /** Builder of a table, row by row. */
  static final class Builder {
    private final List<Head> heads;
    private final List<Row> rows = new ArrayList<>();

    private Builder(List<Head> heads) {
      this.heads = heads;
    }

    Builder row(String... texts) {
      return row(true, texts);
    }

    /** Adds a row that is for the screen only, unless it is on paper too. */
    Builder row(boolean isOnPaper, String... texts) {
      if (texts.length != heads.size()) {
        throw new IllegalArgumentException(
            "A row has %d values under %d heads".formatted(texts.length, heads.size()));
      }

      List<Cell> cells = new ArrayList<>();
      for (int column = 0; column < texts.length; column++) {
        Head head = heads.get(column);
        cells.add(new Cell(head.text(), texts[column], head.isNumber()));
      }
      rows.add(new Row(cells, isOnPaper));
      return this;
    }

    /** The table, visible on demand only. */
    HtmlTable closed() {
      return new HtmlTable(heads, rows, false);
    }

    /** The table, visible at once. */
    HtmlTable open() {
      return new HtmlTable(heads, rows, true);
    }
  }
}
