package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.List;
import java.util.Optional;

/**
 * Settings of an indicator: one column per customer, or one per window, computed from measures.
 *
 * @param value an expression over measures, other indicators and the as-of day
 * @param growth whether a customer's value rises merely because days pass
 * @param isWindowed whether there is one column per window, with the window as suffix
 * @param label a few words
 * @param definition a sentence
 * @param requires input columns without which the indicator is switched off
 * @param at the place of the definition
 */
public record IndicatorSettings(
    String name,
    Category category,
    Expression value,
    Better better,
    Unit unit,
    Growth growth,
    boolean isWindowed,
    BilingualText label,
    Optional<BilingualText> definition,
    List<String> requires,
    Location at) {
  public IndicatorSettings {
    requires = List.copyOf(requires);
  }

  /** Category of value indicators. */
  public enum Category {
    /** Purchases and returns. */
    TRADING,
    /** Payments and receivables. */
    FINANCIAL,
    /** Contacts with the customer. */
    CONTACT,
    /** Attributes of the customer. */
    CHARACTERISTIC
  }

  /** Direction in which an indicator is better. */
  public enum Better {
    /** Higher values are better. */
    HIGHER,
    /** Lower values are better. */
    LOWER
  }

  /** Growth of a customer's value from day to day while the customer goes on as before. */
  public enum Growth {
    /** Values of customers who go on as before stay about the same. */
    NEVER,
    /** Values over a lifetime grow, as sums and counts do; those over a number of days do not. */
    OVER_LIFETIME,
    /**
     * Values grow until the next event, as days since the last sale do, and so move with weekdays
     * and month ends.
     */
    UNTIL_NEXT,
    /** Values grow every day, as time since the first sale does. */
    ALWAYS
  }

  /** Unit of a value, so that tools can format it. */
  public enum Unit {
    /** A number of things. */
    COUNT,
    /** An amount in the business's currency. */
    MONEY,
    /** A share of a whole, 0 to 1. */
    SHARE,
    /** A number of days. */
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
