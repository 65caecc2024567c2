package io.karat.movement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.input.Aliases;
import io.karat.run.Json;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Aliases of a night, kept beside its history, so that a later night recognizes a customer who was
 * an alias then and is none any more.
 *
 * @param customers the customer of each alias
 */
public record KeptAliases(SortedMap<String, String> customers) {
  /** The name of the file beside the history. */
  public static final String FILE = "aliases.json";

  /** Of a night without aliases. */
  public static final KeptAliases NONE = new KeptAliases(new TreeMap<>());

  /** More are not kept, as the file is written every night. */
  private static final int MOST = 100_000;

  public KeptAliases {
    customers = Collections.unmodifiableSortedMap(new TreeMap<>(customers));
  }

  /** The aliases of a night; empty if there are too many to keep. */
  public static Optional<KeptAliases> of(Aliases aliases) {
    return aliases.customers(MOST).map(KeptAliases::new);
  }

  /** The content of the file; the same for the same aliases. */
  public String json() {
    ObjectNode root = Json.TREES.createObjectNode();
    customers.forEach(root::put);
    return root.toPrettyString() + "\n";
  }

  /**
   * Parses the file.
   *
   * @throws IllegalStateException if it is not one: only this class writes it
   */
  public static KeptAliases parse(String json) {
    try {
      SortedMap<String, String> customers = new TreeMap<>();
      for (Map.Entry<String, JsonNode> alias : Json.TREES.readTree(json).properties()) {
        customers.put(alias.getKey(), alias.getValue().asText());
      }
      return new KeptAliases(customers);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(FILE + " cannot be read", broken);
    }
  }

  /** The aliases that are none tonight, each with its customer under tonight's aliases. */
  SortedMap<String, String> without(KeptAliases tonight) {
    SortedMap<String, String> gone = new TreeMap<>();
    customers.forEach(
        (alias, customer) -> {
          if (!tonight.customers.containsKey(alias)) {
            gone.put(alias, tonight.customers.getOrDefault(customer, customer));
          }
        });
    return gone;
  }
}
