package io.karat.report;

import java.util.List;
import java.util.Optional;

/**
 * One subject of the page.
 *
 * @param id its place in the page
 * @param about how its pictures are to be read
 * @param views pictures of it, of which one is seen at a time; none where there is no data
 * @param lacks what cannot be shown, and why
 */
record Section(String id, String title, String about, List<View> views, List<String> lacks) {
  /** How many colours there are for groups of which none is better than another. */
  static final int KINDS = 12;

  Section {
    views = List.copyOf(views);
    lacks = List.copyOf(lacks);
  }

  /** Whether there is more than one picture to choose from. */
  boolean hasChoice() {
    return views.size() > 1;
  }

  /**
   * A picture, what it says, and the numbers behind it.
   *
   * @param id its place in the page
   * @param label what it is called among the pictures of its subject
   * @param says what it shows, in a sentence
   * @param drawing what the page's script draws
   * @param layers of a pyramid, the highest first
   * @param portraits of groups of customers
   * @param tables where its numbers come from
   */
  record View(
      String id,
      String label,
      String says,
      Optional<Drawing> drawing,
      List<Layer> layers,
      List<Portrait> portraits,
      Optional<HtmlTable> grid,
      List<String> tables) {
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
          List.of(tables));
    }

    View with(Drawing drawn) {
      return new View(id, label, says, Optional.of(drawn), layers, portraits, grid, tables);
    }

    View with(HtmlTable numbers) {
      return new View(id, label, says, drawing, layers, portraits, Optional.of(numbers), tables);
    }

    View withLayers(List<Layer> pyramid) {
      return new View(id, label, says, drawing, pyramid, portraits, grid, tables);
    }

    View withPortraits(List<Portrait> groups) {
      return new View(id, label, says, drawing, layers, groups, grid, tables);
    }
  }

  /**
   * A picture that the page's script draws.
   *
   * @param data as JSON that can stand in a script element
   * @param height in pixels of the screen
   */
  record Drawing(String id, String data, int height, String title) {}

  /**
   * A layer of a pyramid.
   *
   * @param points the corners of its shape, in a box of 100 by 100
   * @param color which of the ordered colours it has, from 1
   * @param moves how customers moved over its lower edge and in and out of it
   */
  record Layer(
      String points, int color, String name, String size, String share, List<String> moves) {
    Layer {
      moves = List.copyOf(moves);
    }
  }

  /**
   * A group of customers in words.
   *
   * @param fidelity how often its rules are right
   * @param rules who belongs to it: those for whom one of them holds
   * @param traits what its customers are more often than others
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
