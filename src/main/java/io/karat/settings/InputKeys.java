package io.karat.settings;

import io.karat.settings.InputSettings.Grain;
import io.karat.settings.InputTable.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys under {@code inputs}. */
final class InputKeys {
  static final Key<Boolean> ROUND_AMOUNTS =
      Key.byDefault(
          "round_amounts",
          Shapes.yesOrNo(),
          "false",
          "Whether amounts with more decimals than money_scale are rounded, not quarantined.");

  private static final Key<List<String>> PATH =
      Key.required(
          "path",
          new ListOf<>(new InputPath(), "a path or a list of paths", 1, true),
          "[unknown]",
          "File, folder, glob or any Hadoop URI, or a list of them.");
  private static final Key<String> FORMAT =
      Key.byDefault(
          "format", Shapes.text("the name of a Spark source"), "parquet", "Any Spark source.");
  private static final Key<Map<String, String>> OPTIONS =
      Key.byDefault(
          "options",
          new MapOf<>(new OptionText(), "a mapping of option names to texts", false),
          "{}",
          "Options of the Spark source, such as header: true for csv.");
  private static final Key<Grain> GRAIN =
      Key.byDefault(
          "grain",
          Choice.of(Grain.class),
          "transaction",
          "A row is a transaction, or a line; lines of one transaction_id add up to one.");
  private static final Key<List<String>> KEY =
      Key.optional(
          "key",
          new ListOf<>(
              Shapes.text("the name of a column"),
              "a list of columns, such as [InvoiceNo]",
              0,
              false),
          "Columns, ours or the source's, in which re-deliveries are equal; [] looks for none."
              + " Default: the transaction_id; for lines [].");
  private static final Key<Expression> PREFER =
      Key.optional(
          "prefer",
          Shapes.expression(),
          "Of re-deliveries the row in which this is highest stays.");
  private static final Key<Expression> WHERE =
      Key.optional("where", Shapes.expression(), "Only rows for which this is true are read.");

  private InputKeys() {}

  static Block<Inputs> inputs() {
    Key<InputSettings> transactions =
        Key.required(
            "transactions",
            table(InputTable.TRANSACTIONS),
            "{}",
            "What customers bought and returned.");
    return Block.of(List.of(transactions), fields -> new Inputs(fields.of(transactions)))
        .refusing("payments", "contacts", "customers", "opportunities", "aliases");
  }

  private static Block<InputSettings> table(InputTable table) {
    Key<Map<String, Expression>> columns = columns(table, Grain.TRANSACTION);
    Key<Map<String, Expression>> lineColumns = columns(table, Grain.LINE);
    return Block.of(
            List.of(PATH, FORMAT, OPTIONS, GRAIN, KEY, PREFER, WHERE, ROUND_AMOUNTS, columns),
            fields ->
                new InputSettings(
                    table,
                    fields.of(PATH),
                    fields.of(FORMAT),
                    new TreeMap<>(fields.of(OPTIONS)),
                    fields.of(GRAIN),
                    fields.find(KEY),
                    fields.find(PREFER),
                    fields.find(WHERE),
                    fields.of(fields.of(GRAIN) == Grain.LINE ? lineColumns : columns),
                    fields.of(ROUND_AMOUNTS),
                    fields.at()))
        .refusing("max_age_days");
  }

  private static Key<Map<String, Expression>> columns(InputTable table, Grain grain) {
    List<Key<Expression>> keys =
        table.columns().stream().map(column -> column(column, grain)).toList();
    return Key.required(
        "columns",
        Block.of(List.copyOf(keys), fields -> columns(keys, fields)),
        "{}",
        "Our name of a column: a Spark SQL expression over the source's columns.");
  }

  private static Key<Expression> column(Column column, Grain grain) {
    return column.isRequired(grain)
        ? Key.required(column.name(), Shapes.expression(), "'NULL'", column.meaning())
        : Key.optional(column.name(), Shapes.expression(), column.meaning());
  }

  private static Map<String, Expression> columns(List<Key<Expression>> keys, Fields fields) {
    Map<String, Expression> columns = new LinkedHashMap<>();
    for (Key<Expression> key : keys) {
      Optional<Expression> column =
          key.isRequired() ? Optional.of(fields.of(key)) : fields.find(key);
      column.ifPresent(expression -> columns.put(key.name(), expression));
    }

    return columns;
  }
}
