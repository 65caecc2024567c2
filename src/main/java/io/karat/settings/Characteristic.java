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
 * Something about a customer that the business declares, such as its region or age.
 *
 * @param value over the source's columns
 * @param values what a category is worth as a number; empty where it has no worth
 * @param label a few words; none where the usual ones hold
 * @param definition a sentence
 * @param at where it is declared
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

  /** What can be done with it. */
  public enum Kind {
    /** A word out of a few. */
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
