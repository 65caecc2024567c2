package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of a resource that is allocated among tiers and customers, such as visits.
 *
 * @param order the class or tier whose customers share it
 * @param shares the share of the total of each code; only for {@link Method#SHARE}
 * @param response the expected response of each code that has answers
 * @param least the units that every customer of a code has at least
 * @param mostEach the units that no customer has more than; empty for no limit
 * @param difficulty the label that says how hard it is to develop a customer
 * @param treatment the rules for how a customer is treated
 */
public record AllocationSettings(
    Effort effort,
    String order,
    Worth worth,
    Method method,
    Map<String, BigDecimal> shares,
    Map<String, Answers> response,
    Map<String, Integer> least,
    Optional<Integer> mostEach,
    Optional<String> difficulty,
    LabelSettings treatment,
    Location at) {
  public AllocationSettings {
    shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    response = Collections.unmodifiableMap(new LinkedHashMap<>(response));
    least = Collections.unmodifiableMap(new LinkedHashMap<>(least));
  }

  /** The name of the resource. */
  public String name() {
    return at.name();
  }

  /**
   * Effort in whole units.
   *
   * @param total the units of a period that there are
   * @param measure the column that counts the units of the past
   * @param cost of one unit
   */
  public record Effort(int total, Period per, String measure, BigDecimal cost) {}

  /**
   * Worth of customers.
   *
   * @param value the column that it is
   * @param margin the share of it that is profit
   */
  public record Worth(String value, BigDecimal margin) {}

  /** Period that a total is for. */
  public enum Period {
    WEEK(7),
    MONTH(30),
    QUARTER(90),
    YEAR(365);

    private final int days;

    Period(int days) {
      this.days = days;
    }

    public int days() {
      return days;
    }
  }

  /** Method of allocation among tiers. */
  public enum Method {
    /** By given shares. */
    SHARE,
    /** In proportion to value. */
    VALUE,
    /** By marginal profit, from the expected response. */
    RESPONSE
  }

  /**
   * Answers to the five questions on a response (Lodish 1971), as multiples of the present value:
   * without any effort, with half of it, with half as much again, and with the most imaginable; the
   * present effort gives 1.
   */
  public record Answers(BigDecimal none, BigDecimal half, BigDecimal more, BigDecimal most) {}
}
