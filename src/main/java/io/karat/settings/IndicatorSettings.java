package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.List;
import java.util.Optional;

/**
 * One column per customer, computed from measures.
 *
 * @param value over measures, other indicators and the as-of day
 * @param isWindowed whether there is one column per window, with the window as suffix
 * @param label a few words
 * @param definition a sentence
 * @param requires columns of ours without which the indicator is switched off
 * @param at where the indicator is defined
 */
public record IndicatorSettings(
    String name,
    Category category,
    Expression value,
    Better better,
    Unit unit,
    boolean isWindowed,
    BilingualText label,
    Optional<BilingualText> definition,
    List<String> requires,
    Location at) {
  public IndicatorSettings {
    requires = List.copyOf(requires);
  }

  /** The four kinds of value indicators. */
  public enum Category {
    /** What was bought. */
    TRADING,
    /** How it was paid. */
    FINANCIAL,
    /** What was talked about. */
    CONTACT,
    /** Who the customer is. */
    CHARACTERISTIC
  }

  /** Which end of an indicator is the good one. */
  public enum Better {
    /** The more the better. */
    HIGHER,
    /** The less the better. */
    LOWER
  }

  /** What a number counts, so that tools can format it. */
  public enum Unit {
    /** How many. */
    COUNT,
    /** An amount in the business's currency. */
    MONEY,
    /** A part of a whole, 0 to 1. */
    SHARE,
    /** How long. */
    DAYS,
    /** A day. */
    DATE,
    /** A word. */
    TEXT,
    /** True or false. */
    FLAG,
    /** Any other number. */
    NUMBER
  }
}
