package io.karat.report;

import java.util.List;
import java.util.Optional;

/**
 * Section of the page, on one subject.
 *
 * @param id the anchor in the page
 * @param about the explanation of its charts
 * @param views charts of which one is visible at a time; empty without data
 * @param lacks sentences on what cannot be shown, with the reason
 */
record Section(String id, String title, String about, List<View> views, List<String> lacks) {
  /** The number of colors for groups without an order. */
  static final int KINDS = 12;

  Section {
    views = List.copyOf(views);
    lacks = List.copyOf(lacks);
  }

  /** A section that is left out unless it has something to show. */
  static Optional<Section> of(
      String id, ReportData brief, String title, String about, List<View> views) {
    return views.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section(id, brief.say(title), brief.say(about), views, List.of()));
  }

  /** Whether there is a chart, which the explanation is of. */
  boolean hasViews() {
    return !views.isEmpty();
  }

  /** Whether there is more than one chart to choose from. */
  boolean hasChoice() {
    return views.size() > 1;
  }

  /**
   * Chart with its caption and the numbers behind it.
   *
   * @param id the anchor in the page
   * @param label the name of the chart within its section
   * @param says the caption, in a sentence
   * @param drawing the data for the page's script
   * @param layers the layers of a pyramid, the highest first
   * @param portraits descriptions of groups of customers
   * @param tables the tables from which the numbers come
   * @param isOnPaper whether it is printed too, and not only to be chosen on a screen
   */
  record View(
      String id,
      String label,
      String says,
      Optional<Drawing> drawing,
      List<Layer> layers,
      List<Portrait> portraits,
      Optional<HtmlTable> grid,
      List<String> tables,
      boolean isOnPaper) {
    View {
      layers = List.copyOf(layers);
      portraits = List.copyOf(portraits);
      tables = List.copyOf(tables);
    }

    static View of(String id, String label, String says, String... tables) {
      return new View(
          id,
          label,
          says,
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          List.of(tables),
          true);
    }

    View with(Drawing drawn) {
      return new View(
          id, label, says, Optional.of(drawn), layers, portraits, grid, tables, isOnPaper);
    }

    View with(HtmlTable numbers) {
      return new View(
          id, label, says, drawing, layers, portraits, Optional.of(numbers), tables, isOnPaper);
    }

    View withLayers(List<Layer> pyramid) {
      return new View(id, label, says, drawing, pyramid, portraits, grid, tables, isOnPaper);
    }

    View withPortraits(List<Portrait> groups) {
      return new View(id, label, says, drawing, layers, groups, grid, tables, isOnPaper);
    }

    View offPaper() {
      return new View(id, label, says, drawing, layers, portraits, grid, tables, false);
    }
  }

  /**
   * Chart that the page's script draws.
   *
   * @param data JSON that is safe in a script element
   * @param height in CSS pixels
   */
  record Drawing(String id, String data, int height, String title) {}

  /**
   * Layer of a pyramid.
   *
   * @param points the corners of its polygon, in a box of 100 by 100
   * @param color the number of its color in the ordered palette, from 1
   * @param customers the percent of customers, for a bar
   * @param sales the percent of net sales, for a bar
   * @param moves sentences on the moves over its lower edge, into it and out of it
   */
  record Layer(
      String points,
      int color,
      String name,
      String size,
      String share,
      String customers,
      String sales,
      List<String> moves) {
    Layer {
      moves = List.copyOf(moves);
    }
  }

  /**
   * Description of a group of customers in words.
   *
   * @param fidelity the share of its customers whom its rules find, in words
   * @param rules alternative rules for its customers
   * @param traits characteristics that are more frequent among its customers than among all
   */
  record Portrait(
      int color,
      String name,
      String size,
      String fidelity,
      List<String> rules,
      List<String> traits) {
    Portrait {
      rules = List.copyOf(rules);
      traits = List.copyOf(traits);
    }
  }
}
