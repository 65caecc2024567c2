package io.karat.settings;

import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Attribute of a customer that the business declares, such as region or age, or a column of other
 * rows for its measures.
 *
 * @param value an expression over the source's columns
 * @param values the number that each category stands for; empty if categories have no order
 * @param label a few words; empty for the common label, if there is one
 * @param definition a sentence
 * @param at the place of the declaration
 */
public record Characteristic(
    String name,
    Kind kind,
    Expression value,
    SortedMap<String, BigDecimal> values,
    Better better,
    Optional<BilingualText> label,
    Optional<BilingualText> definition,
    Location at) {
  public Characteristic {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Kind of value. */
  public enum Kind {
    /** One of a few words. */
    CATEGORY,
    /** A number. */
    NUMBER,
    /** An amount in the business's currency. */
    MONEY,
    /** True or false. */
    FLAG,
    /** A day. */
    DATE
  }
}
