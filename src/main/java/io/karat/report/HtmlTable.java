package io.karat.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The numbers behind a picture, as text.
 *
 * @param isOpen whether they are seen at once, not only where somebody asks for them
 */
record HtmlTable(List<Head> heads, List<List<Cell>> rows, boolean isOpen) {
  HtmlTable {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
  }

  /** What a column is called. */
  record Head(String text, boolean isNumber) {}

  /** One value, with the name of its column for narrow pages. */
  record Cell(String head, String text, boolean isNumber) {}

  /** Rows under heads; a head that starts with # is over numbers. */
  static Builder of(String... heads) {
    List<Head> all = new ArrayList<>();
    for (String head : heads) {
      boolean isNumber = head.startsWith("#");
      all.add(new Head(isNumber ? head.substring(1) : head, isNumber));
    }
    return new Builder(all);
  }

  /** Takes rows one by one. */
  static final class Builder {
    private final List<Head> heads;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Builder(List<Head> heads) {
      this.heads = heads;
    }

    Builder row(String... texts) {
      if (texts.length != heads.size()) {
        throw new IllegalArgumentException(
            "A row has %d values under %d heads".formatted(texts.length, heads.size()));
      }

      List<Cell> cells = new ArrayList<>();
      for (int column = 0; column < texts.length; column++) {
        Head head = heads.get(column);
        cells.add(new Cell(head.text(), texts[column], head.isNumber()));
      }
      rows.add(List.copyOf(cells));
      return this;
    }

    /** To be looked up behind a picture. */
    HtmlTable closed() {
      return new HtmlTable(heads, rows, false);
    }

    /** To be read on the page. */
    HtmlTable open() {
      return new HtmlTable(heads, rows, true);
    }
  }
}
