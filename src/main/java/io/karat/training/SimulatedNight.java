package io.karat.training;

import io.karat.publishing.Release;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Result of a simulation: who would have another class, tier or label on the live night.
 *
 * @param release the live release, which stays as it is
 * @param customers the number of its customers
 * @param states the columns that were compared, in the order of their columns
 * @param flows the moves between codes, by column, the most customers first
 * @param largest the moving customers with the largest net sales, who may stand under more than one
 *     column
 * @param absent the columns of the live night that the other models do not have
 */
public record SimulatedNight(
    Release release,
    long customers,
    List<String> states,
    List<Flow> flows,
    List<Mover> largest,
    List<String> absent) {
  public SimulatedNight {
    states = List.copyOf(states);
    flows = List.copyOf(flows);
    largest = List.copyOf(largest);
    absent = List.copyOf(absent);
  }

  /** Direction of a move; OTHER where codes have no better and worse, or one is missing. */
  public enum Direction {
    UP,
    DOWN,
    OTHER
  }

  /**
   * Move between two codes of a column.
   *
   * @param from empty for customers without a code
   * @param to empty for customers without a code
   */
  public record Move(String state, String from, String to, Direction direction) {}

  /** Customers with the same move, and what they are worth. */
  public record Flow(Move move, long customers, Worth worth) {}

  /**
   * Customer who moves.
   *
   * @param name empty where it is not known
   */
  public record Mover(Move move, String customerId, Optional<String> name, Worth worth) {}

  /**
   * Money of a year.
   *
   * @param netSales empty if transactions are not mapped
   * @param profit empty if it is unknown
   */
  public record Worth(Optional<BigDecimal> netSales, Optional<BigDecimal> profit) {}

  /** The number of customers who move in a column and a direction. */
  public long moved(String state, Direction direction) {
    return flows.stream()
        .filter(it -> it.move().state().equals(state) && it.move().direction() == direction)
        .mapToLong(Flow::customers)
        .sum();
  }

  /** The columns in which somebody moves. */
  public List<String> moving() {
    return states.stream()
        .filter(state -> flows.stream().anyMatch(it -> it.move().state().equals(state)))
        .toList();
  }

  /** The columns in which nobody moves. */
  public List<String> still() {
    return states.stream().filter(state -> !moving().contains(state)).toList();
  }
}
