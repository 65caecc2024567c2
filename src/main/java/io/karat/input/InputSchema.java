package io.karat.input;

import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.InputTable.Column;
import io.karat.settings.InputTable.Need;
import io.karat.settings.InputTable.Role;
import io.karat.tables.Columns;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The schema of an input: its columns by their roles, with the characteristics that its
 * configuration declares.
 *
 * @param input the input
 * @param otherColumns the columns beside customer, time, type and exact money, with their types
 */
public record InputSchema(InputTable input, Map<String, ColumnType> otherColumns) {
  public InputSchema {
    otherColumns = Collections.unmodifiableMap(new LinkedHashMap<>(otherColumns));
  }

  /** The schema of a configured input. */
  public static InputSchema of(InputSettings settings) {
    Map<String, ColumnType> others = new LinkedHashMap<>();
    for (Column column : settings.table().columns()) {
      ColumnType.of(column.role()).ifPresent(type -> others.put(column.name(), type));
    }
    settings
        .characteristics()
        .forEach((name, declared) -> others.put(name, ColumnType.of(declared.kind())));
    return new InputSchema(settings.table(), others);
  }

  /** The name of the input, as in the configuration. */
  public String name() {
    return input.tableName();
  }

  /** The columns that identify a row, by default also the key of deduplication. */
  List<String> idColumns() {
    List<String> ids = having(Role.ID).map(Column::name).toList();
    return ids.isEmpty() ? List.of(Columns.CUSTOMER_ID) : ids;
  }

  /** Whether rows name a customer. */
  boolean hasCustomer() {
    return named(Role.CUSTOMER).isPresent();
  }

  /** The column with the time of the event; empty if rows describe a thing, not an event. */
  Optional<String> time() {
    return named(Role.TIME);
  }

  /** The column with the day from which a row is known; if it is null, always. */
  Optional<String> since() {
    return named(Role.SINCE);
  }

  /** The column with the amount, if there is one; never negative in a used row. */
  Optional<String> amountColumn() {
    return named(Role.AMOUNT);
  }

  /** The columns with other exact money, which may be null. */
  List<String> moneyColumns() {
    return Stream.concat(having(Role.MONEY), having(Role.SIZE)).map(Column::name).toList();
  }

  /** The columns of money that is never negative in a used row; that of lines is in their sum. */
  Stream<String> sizes(boolean isLines) {
    return isLines
        ? Stream.of()
        : Stream.concat(having(Role.AMOUNT), having(Role.SIZE)).map(Column::name);
  }

  /** Whether the input has a column {@code type}. */
  boolean hasTypes() {
    return !types().isEmpty();
  }

  /** The allowed values of {@code type}; empty if the input has no such column. */
  List<String> types() {
    return having(Role.TYPE).flatMap(column -> column.types().stream()).toList();
  }

  /** The type of all rows if none is mapped; empty if it must be mapped. */
  Optional<String> defaultType() {
    return having(Role.TYPE)
        .filter(column -> column.need() != Need.ALWAYS)
        .map(column -> column.types().get(0))
        .findFirst();
  }

  private Optional<String> named(Role role) {
    return having(role).map(Column::name).findFirst();
  }

  private Stream<Column> having(Role role) {
    return input.columns().stream().filter(column -> column.role() == role);
  }
}
