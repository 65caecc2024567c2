package io.karat.scores;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.models.Model;
import io.karat.run.Json;
import io.karat.run.UsageException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Frozen cut points, percentiles, ranges and targets, fitted on the customers of one night.
 * Immutable; applying them is an expression over one row.
 *
 * @param fittedAsOf the night on whose customers they were fitted
 * @param pieces by name, such as {@code pyramids.profit.tiers}
 */
public record CutModel(LocalDate fittedAsOf, SortedMap<String, Piece> pieces) {
  /** The name of this kind among the models of a business. */
  public static final String KIND = "cuts";

  private static final int FORMAT = 1;

  public CutModel {
    pieces = Collections.unmodifiableSortedMap(new TreeMap<>(pieces));
  }

  /**
   * The piece of a definition; empty if there is none, or if it was fitted to another definition.
   */
  public Optional<Piece> piece(CutDefinition lesson) {
    return Optional.ofNullable(pieces.get(lesson.name()))
        .filter(piece -> piece.definition().equals(lesson.definition()));
  }

  /** The model as it is stored. */
  public Model model() {
    return new Model(KIND, json());
  }

  /** The model as JSON; the same content gives the same text. */
  String json() {
    ObjectNode root = Json.TREES.createObjectNode();
    root.put("format", FORMAT);
    root.put("kind", KIND);
    root.put("fitted_as_of", fittedAsOf.toString());
    ObjectNode all = root.putObject("pieces");
    pieces.forEach(
        (name, piece) -> {
          ObjectNode one = all.putObject(name);
          one.put("definition", piece.definition());
          ObjectNode numbers = one.putObject("numbers");
          piece
              .numbers()
              .forEach(
                  (key, values) -> {
                    ArrayNode list = numbers.putArray(key);
                    values.forEach(value -> list.add(value.toPlainString()));
                  });
        });
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads a model.
   *
   * @throws UsageException if its file is unreadable or of another format
   */
  public static CutModel parse(Model model) {
    return parse(model.text(), model.name());
  }

  /**
   * Parses a model file.
   *
   * @throws UsageException if the text is not a cut model of this format
   */
  static CutModel parse(String json, String file) {
    try {
      JsonNode root = Json.TREES.readTree(json);
      if (root.path("format").asInt() != FORMAT || !root.path("kind").asText().equals(KIND)) {
        throw new UsageException(
            "Model file '%s' has format %s of '%s', expected format %d of '%s'. Run karat models fit cuts."
                .formatted(file, root.path("format"), root.path("kind").asText(), FORMAT, KIND));
      }
      SortedMap<String, Piece> pieces = new TreeMap<>();
      root.path("pieces").properties().forEach(it -> pieces.put(it.getKey(), piece(it.getValue())));
      return new CutModel(LocalDate.parse(root.path("fitted_as_of").asText()), pieces);
    } catch (JsonProcessingException | DateTimeException | NumberFormatException broken) {
      throw new UsageException(
          "Model file '%s' cannot be read: %s. Run karat models fit cuts."
              .formatted(file, broken.getMessage()),
          broken);
    }
  }

  private static Piece piece(JsonNode node) {
    SortedMap<String, List<BigDecimal>> numbers = new TreeMap<>();
    node.path("numbers")
        .properties()
        .forEach(
            entry -> {
              List<BigDecimal> values = new ArrayList<>();
              entry.getValue().forEach(value -> values.add(new BigDecimal(value.asText())));
              numbers.put(entry.getKey(), values);
            });
    return new Piece(node.path("definition").asText(), numbers);
  }

  /**
   * A fitted statistic.
   *
   * @param definition the statistic in words; a piece is used only for the same definition
   * @param numbers lists of numbers by name
   */
  public record Piece(String definition, SortedMap<String, List<BigDecimal>> numbers) {
    public Piece {
      SortedMap<String, List<BigDecimal>> copy = new TreeMap<>();
      numbers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
      numbers = Collections.unmodifiableSortedMap(copy);
    }

    /** The numbers of a name; empty if there were no customers to fit on. */
    public List<BigDecimal> of(String name) {
      return numbers.getOrDefault(name, List.of());
    }

    /** The first number of a name; empty if there is none. */
    public Optional<BigDecimal> one(String name) {
      return of(name).stream().findFirst();
    }
  }
}
