package io.karat.input;

import io.karat.settings.Characteristic;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.tables.Columns;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The schema of an input: its columns and their roles.
 *
 * @param input the input
 * @param idColumn the column that identifies a row, by default also the key of deduplication
 * @param time the column with the time of the event; empty if rows describe a thing, not an event
 * @param since the column with the day from which a row is known; if it is null, always
 * @param amountColumn the column with its amount, if it has one; never negative in a used row
 * @param moneyColumns other exact money, which may be negative or null
 * @param types the allowed values of {@code type}; empty if the input has no such column
 * @param defaultType the type of all rows if none is mapped; empty if it must be mapped
 * @param otherColumns the remaining columns and their types
 */
public record InputSchema(
    InputTable input,
    String idColumn,
    Optional<String> time,
    Optional<String> since,
    Optional<String> amountColumn,
    List<String> moneyColumns,
    List<String> types,
    Optional<String> defaultType,
    Map<String, ColumnType> otherColumns) {
  private static final Optional<String> NONE = Optional.empty();

  public InputSchema {
    moneyColumns = List.copyOf(moneyColumns);
    types = List.copyOf(types);
    otherColumns = Collections.unmodifiableMap(new LinkedHashMap<>(otherColumns));
  }

  /** Sales and returns. */
  public static final InputSchema TRANSACTIONS =
      new InputSchema(
          InputTable.TRANSACTIONS,
          "transaction_id",
          Optional.of("transaction_time"),
          NONE,
          Optional.of("amount"),
          List.of("cost"),
          List.of("SALE", "RETURN"),
          Optional.of("SALE"),
          Map.of(
              "transaction_id", ColumnType.TEXT,
              "due_date", ColumnType.DATE,
              "product_id", ColumnType.TEXT,
              "channel", ColumnType.TEXT));

  private static final InputSchema PAYMENTS =
      new InputSchema(
          InputTable.PAYMENTS,
          "payment_id",
          Optional.of("payment_time"),
          NONE,
          Optional.of("amount"),
          List.of(),
          List.of("PAYMENT", "REFUND"),
          Optional.of("PAYMENT"),
          Map.of("payment_id", ColumnType.TEXT));

  private static final InputSchema CONTACTS =
      new InputSchema(
          InputTable.CONTACTS,
          "contact_id",
          Optional.of("contact_time"),
          NONE,
          NONE,
          List.of("cost"),
          List.of("TASK", "PROCESS", "PRAISE", "COMPLAINT", "SUGGESTION", "OTHER"),
          NONE,
          Map.of(
              "contact_id", ColumnType.TEXT,
              "channel", ColumnType.TEXT,
              "satisfaction", ColumnType.LEVEL));

  private static final InputSchema OPPORTUNITIES =
      new InputSchema(
          InputTable.OPPORTUNITIES,
          "opportunity_id",
          Optional.of("created_date"),
          NONE,
          Optional.of("amount"),
          List.of(),
          List.of(),
          NONE,
          Map.of(
              "opportunity_id", ColumnType.TEXT,
              "probability", ColumnType.PROBABILITY,
              "expected_close_date", ColumnType.DATE,
              "closed_date", ColumnType.DATE));

  private static final InputSchema ALIASES =
      new InputSchema(
          InputTable.ALIASES,
          "alias_id",
          NONE,
          NONE,
          NONE,
          List.of(),
          List.of(),
          NONE,
          Map.of("alias_id", ColumnType.TEXT));

  /** The schema of an input, with the characteristics that its configuration declares. */
  public static InputSchema of(InputSettings settings) {
    return switch (settings.table()) {
      case TRANSACTIONS -> TRANSACTIONS;
      case PAYMENTS -> PAYMENTS;
      case CONTACTS -> CONTACTS;
      case CUSTOMERS -> customers(settings.characteristics());
      case OPPORTUNITIES -> OPPORTUNITIES;
      case ALIASES -> ALIASES;
    };
  }

  private static InputSchema customers(Map<String, Characteristic> characteristics) {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    columns.put("kind", ColumnType.TEXT);
    columns.put("created_date", ColumnType.DATE);
    columns.put("parent_customer_id", ColumnType.TEXT);
    columns.put("display_name", ColumnType.TEXT);
    columns.put("owner", ColumnType.TEXT);
    characteristics.forEach((name, declared) -> columns.put(name, type(declared.kind())));
    return new InputSchema(
        InputTable.CUSTOMERS,
        Columns.CUSTOMER_ID,
        NONE,
        Optional.of("created_date"),
        NONE,
        List.of("opening_balance"),
        List.of(),
        NONE,
        columns);
  }

  private static ColumnType type(Characteristic.Kind kind) {
    return switch (kind) {
      case CATEGORY -> ColumnType.TEXT;
      case NUMBER -> ColumnType.NUMBER;
      case MONEY -> ColumnType.MONEY;
      case FLAG -> ColumnType.FLAG;
      case DATE -> ColumnType.DATE;
    };
  }

  /** The name of the input, as in the configuration. */
  public String name() {
    return input.tableName();
  }

  /** Whether the input has a column {@code type}. */
  boolean hasTypes() {
    return !types.isEmpty();
  }
}
