package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the search for duplicate customers.
 *
 * @param fields what customers are compared by, in the order of the columns; empty for the usual
 *     ones among the mapped columns
 * @param block the rules by which pairs are chosen: customers equal in all terms of a rule are
 *     compared; empty for those that follow from the fields
 * @param mostInBlock the largest number of customers of a block; larger ones are left out
 * @param review the probability from which on a pair is listed
 * @param accept the probability from which on a pair is proposed, and forms clusters
 * @param prior the probability that two customers taken at random are one; estimated if absent
 */
public record MatchingSettings(
    Map<String, Field> fields,
    List<List<String>> block,
    int mostInBlock,
    BigDecimal review,
    BigDecimal accept,
    Optional<BigDecimal> prior,
    Location at) {
  /** The aliases that were accepted on command, within the output folder. */
  public static final String ALIASES_FILE = "matching/aliases.csv";

  public MatchingSettings {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    block = block.stream().map(List::copyOf).toList();
  }

  /**
   * Field that customers are compared by.
   *
   * @param column a mapped column or characteristic of customers, or Spark SQL over the columns of
   *     the source; the field's own name if absent
   * @param compare empty for the usual kind of a field of this name
   */
  public record Field(
      String name, Optional<String> column, Optional<Compare> compare, Location at) {}

  /** Kind of comparison. */
  public enum Compare {
    /** Names: equal, similar beginnings, similar. */
    NAME,
    /** Words in any order: equal, similar. */
    TEXT,
    /** Numbers such as telephone numbers: equal, one slip, two slips. */
    DIGITS,
    /** Codes: equal or not. */
    EXACT,
    /** Days: equal, one slip, two of year, month and day. */
    DATE
  }
}
