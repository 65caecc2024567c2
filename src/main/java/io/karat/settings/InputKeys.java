package io.karat.settings;

import io.karat.settings.InputSettings.Grain;
import io.karat.settings.InputSettings.KeptIds;
import io.karat.settings.InputTable.Column;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shapes;
import io.karat.settings.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keys under {@code inputs}. */
final class InputKeys {
  static final Key<Boolean> ROUND_AMOUNTS =
      Key.byDefault(
          "round_amounts",
          Shapes.yesOrNo(),
          "false",
          "Whether amounts with more decimals than money_scale are rounded, not quarantined.");

  static final Key<KeptIds> KEEP_IDS =
      Key.byDefault(
          "keep_ids",
          EnumShape.of(KeptIds.class),
          "trimmed",
          "Ids without blanks and invisible characters at their ends in normal form C (trimmed), or"
              + " as they are written (raw).");

  private static final String PATH =
      "File, folder, glob or any Hadoop URI, or a list of them; the folder or name of a delta or"
          + " iceberg table; none for jdbc.";

  static final Key<String> FORMAT =
      Key.byDefault(
          "format",
          Shapes.text("the name of a format"),
          "parquet",
          "The format: parquet, orc, csv, json, avro or text; delta or iceberg; jdbc.");
  static final Key<Map<String, String>> OPTIONS =
      Key.byDefault(
          "options",
          new InputOptions(),
          "{}",
          "Options of Spark's reader, such as delimiter: \";\" for csv, versionAsOf for delta,"
              + " snapshot-id for iceberg, url and dbtable for jdbc. A password is ${NAME}.");
  private static final Key<Grain> GRAIN =
      Key.byDefault(
          "grain",
          EnumShape.of(Grain.class),
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
          "Columns, Karat's or the source's, in which re-delivered rows are equal; [] switches"
              + " deduplication off. Default: the id of the table; for lines [].");
  private static final Key<Expression> PREFER =
      Key.optional(
          "prefer",
          Shapes.expression(),
          "Of re-delivered rows the one with the highest value is kept.");
  private static final Key<Expression> WHERE =
      Key.optional("where", Shapes.expression(), "Rows for which this is not true are excluded.");

  private static final Key<List<JoinSettings>> JOIN = JoinKeys.join();

  private static final Key<Integer> MAX_AGE_DAYS =
      Key.optional(
          "max_age_days",
          Shapes.wholeNumber(0, 36_500),
          "The largest age in days of the newest day of {latest} on the as-of day.");
  private static final Key<Map<String, Characteristic>> CHARACTERISTICS =
      CharacteristicKeys.characteristics();
  private static final Key<Map<String, Characteristic>> EXTRA = CharacteristicKeys.extra();

  private InputKeys() {}

  static ObjectShape<Inputs> inputs() {
    List<Key<InputSettings>> keys =
        Arrays.stream(InputTable.values())
            .map(table -> Key.optional(table.tableName(), table(table), table.meaning().en()))
            .toList();
    return ObjectShape.of(List.copyOf(keys), fields -> inputs(keys, fields));
  }

  private static Inputs inputs(List<Key<InputSettings>> keys, ObjectFields fields) {
    List<InputSettings> tables = keys.stream().flatMap(key -> fields.find(key).stream()).toList();
    if (!Inputs.isEnough(tables)) {
      List<Key<InputSettings>> some = new ArrayList<>(keys);
      Arrays.stream(InputTable.values())
          .filter(table -> !table.hasCustomers())
          .forEach(table -> some.removeIf(key -> key.name().equals(table.tableName())));
      boolean isSaid = some.stream().anyMatch(fields::has);
      if (!isSaid) {
        fields
            .problems()
            .add(
                fields.at(),
                "'%s' has no customers, expected one of: %s. Add it."
                    .formatted(
                        fields.at().key(),
                        String.join(", ", some.stream().map(Key::name).toList())));
      }
      Mapping none = Mapping.empty(fields.at().child(some.get(0).name()));
      return Inputs.of(some.get(0).shape().read(none, new Problems()).stream().toList());
    }
    return Inputs.of(tables);
  }

  /** Whether the input of this name has amounts, which may need rounding. */
  static boolean hasAmounts(String input) {
    return !input.equals(InputTable.ALIASES.tableName());
  }

  private static ObjectShape<InputSettings> table(InputTable table) {
    Key<Map<String, Expression>> columns = columns(table, Grain.TRANSACTION);
    Key<Map<String, Expression>> lineColumns = columns(table, Grain.LINE);
    Key<List<String>> path = path(table);
    List<Key<?>> keys = new ArrayList<>(List.of(path, FORMAT, OPTIONS, JOIN));
    if (table == InputTable.TRANSACTIONS) {
      keys.add(GRAIN);
    }
    keys.addAll(List.of(KEY, PREFER, WHERE));
    if (table.isSnapshot()) {
      keys.add(MAX_AGE_DAYS);
    }
    if (hasAmounts(table.tableName())) {
      keys.add(ROUND_AMOUNTS);
    }
    keys.add(KEEP_IDS);
    keys.add(columns);
    Optional<Key<Map<String, Characteristic>>> declared = declared(table);
    declared.ifPresent(keys::add);
    return ObjectShape.of(
        keys,
        fields -> {
          FormatRules rules = new FormatRules(fields, fields.of(FORMAT));
          SortedMap<String, String> options = new TreeMap<>(fields.of(OPTIONS));
          rules.check(options);
          SecretOptions secrets = SecretOptions.of(options);
          options.keySet().removeIf(SecretOptions::isSecret);
          return new InputSettings(
              table,
              rules.paths(path),
              rules.format(),
              options,
              secrets,
              fields.of(JOIN),
              fields.of(GRAIN),
              fields.find(KEY),
              fields.find(PREFER),
              fields.find(WHERE),
              fields.of(fields.of(GRAIN) == Grain.LINE ? lineColumns : columns),
              new TreeMap<>(characteristics(table, declared, fields)),
              fields.find(MAX_AGE_DAYS),
              fields.of(ROUND_AMOUNTS),
              fields.of(KEEP_IDS),
              fields.at());
        });
  }

  /** The key of columns that are not Karat's; none where no measure is computed. */
  private static Optional<Key<Map<String, Characteristic>>> declared(InputTable table) {
    return switch (table) {
      case CUSTOMERS -> Optional.of(CHARACTERISTICS);
      case TRANSACTIONS, PAYMENTS, CONTACTS, OPPORTUNITIES -> Optional.of(EXTRA);
      case ALIASES, MARKETS -> Optional.empty();
    };
  }

  /** Refuses declared columns whose name is taken. */
  private static Map<String, Characteristic> characteristics(
      InputTable table, Optional<Key<Map<String, Characteristic>>> key, ObjectFields fields) {
    Map<String, Characteristic> declared = new TreeMap<>(key.map(fields::of).orElse(Map.of()));
    table.columns().stream()
        .map(column -> declared.remove(column.name()))
        .filter(Objects::nonNull)
        .forEach(
            taken ->
                fields
                    .problems()
                    .add(
                        taken.at(),
                        "'%s' is a column of %s. Map it under 'inputs.%s.columns'."
                            .formatted(taken.at().key(), table.tableName(), table.tableName())));
    return declared;
  }

  private static Key<List<String>> path(InputTable table) {
    return Key.inherited(
        "path",
        new ListOf<>(new InputPath(table.isSnapshot()), "a path or a list of paths", 1, true),
        "[unknown]",
        table.isSnapshot()
            ? PATH + " {as_of} in it is the as-of day, {latest} the newest day at or before it."
            : PATH);
  }

  private static Key<Map<String, Expression>> columns(InputTable table, Grain grain) {
    List<Key<Expression>> keys =
        table.columns().stream().map(column -> column(column, grain)).toList();
    ObjectShape<Map<String, Expression>> columns =
        ObjectShape.of(List.copyOf(keys), fields -> columns(keys, fields));
    return Key.required(
        "columns",
        table == InputTable.CUSTOMERS
            ? columns.elsewhere(
                "Other attributes are declared under 'inputs.customers.characteristics', such as"
                    + " region: {type: category, value: city}.")
            : columns,
        "{}",
        "Karat's column: a Spark SQL expression over the source's columns.");
  }

  private static Key<Expression> column(Column column, Grain grain) {
    return column.isRequired(grain)
        ? Key.required(column.name(), Shapes.expression(), "'NULL'", column.meaning().en())
        : Key.optional(column.name(), Shapes.expression(), column.meaning().en());
  }

  private static Map<String, Expression> columns(List<Key<Expression>> keys, ObjectFields fields) {
    Map<String, Expression> columns = new LinkedHashMap<>();
    for (Key<Expression> key : keys) {
      Optional<Expression> column =
          key.isRequired() ? Optional.of(fields.of(key)) : fields.find(key);
      column.ifPresent(expression -> columns.put(key.name(), expression));
    }

    return columns;
  }
}
