package io.karat.input;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an input of dated events consists of.
 *
 * @param name the input, as in the configuration
 * @param idColumn what identifies an event, by default also for finding re-deliveries
 * @param timeColumn its event time, read in the business time zone
 * @param amountColumn its amount, if it has one; never negative in a used event
 * @param moneyColumns other exact money, which may be negative or null
 * @param types what kinds of events there are
 * @param defaultType the kind where none is mapped; none where it must be mapped
 * @param otherColumns the remaining columns and their Spark SQL types
 */
public record EventTable(
    String name,
    String idColumn,
    String timeColumn,
    Optional<String> amountColumn,
    List<String> moneyColumns,
    List<String> types,
    Optional<String> defaultType,
    Map<String, String> otherColumns) {

  /** Sales and returns. */
  public static final EventTable TRANSACTIONS =
      new EventTable(
          "transactions",
          "transaction_id",
          "transaction_time",
          Optional.of("amount"),
          List.of("cost"),
          List.of("SALE", "RETURN"),
          Optional.of("SALE"),
          Map.of(
              "transaction_id", "string",
              "due_date", "date",
              "product_id", "string",
              "channel", "string"));
}
