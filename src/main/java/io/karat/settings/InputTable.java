package io.karat.settings;

import io.karat.run.LowerCase;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import io.karat.settings.yaml.YamlResource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Input table that a night can read, with the columns it may have in their logical order: {@code
 * inputs.yaml}.
 */
public enum InputTable {
  /** Purchases and returns. */
  TRANSACTIONS,
  /** Payments and refunds. */
  PAYMENTS,
  /** Contacts between customers and the business. */
  CONTACTS,
  /** Customers, one row each, as known on a day. */
  CUSTOMERS,
  /** Sales that the business hopes for. */
  OPPORTUNITIES,
  /** Other ids of the same customer. */
  ALIASES,
  /** Sizes of the markets that customers belong to. */
  MARKETS;

  private static final Map<InputTable, Definition> DEFINITIONS = definitions();

  /**
   * Definition of a table.
   *
   * @param meaning one sentence
   */
  private record Definition(BilingualText meaning, List<Column> columns) {
    static Definition of(Mapping table) {
      Mapping all = table.inner("columns");
      return new Definition(
          BilingualText.of(table.inner("row")),
          all.members().keySet().stream().map(name -> Column.of(name, all.inner(name))).toList());
    }
  }

  private static Map<InputTable, Definition> definitions() {
    Mapping all = YamlResource.read(InputTable.class, "inputs.yaml");
    Map<InputTable, Definition> definitions = new EnumMap<>(InputTable.class);
    for (InputTable table : values()) {
      definitions.put(table, Definition.of(all.inner(table.tableName())));
    }
    return definitions;
  }

  private Definition definition() {
    return Objects.requireNonNull(DEFINITIONS.get(this));
  }

  /** The meaning of the table in one sentence. */
  public BilingualText meaning() {
    return definition().meaning();
  }

  /** The columns that may be mapped. */
  public List<Column> columns() {
    return definition().columns();
  }

  /** Whether it may have a column of that name. */
  public boolean has(String name) {
    return columns().stream().anyMatch(column -> column.name().equals(name));
  }

  /** The name of the table in configuration and messages. */
  public String tableName() {
    return LowerCase.of(this);
  }

  /** Whether its rows are a snapshot of one day, so that a day may stand in its path. */
  public boolean isSnapshot() {
    return switch (this) {
      case TRANSACTIONS, PAYMENTS, CONTACTS -> false;
      case CUSTOMERS, OPPORTUNITIES, ALIASES, MARKETS -> true;
    };
  }

  /** Whether its rows are something that happened or is hoped for, each with an id of its own. */
  public boolean isOfEvents() {
    return switch (this) {
      case TRANSACTIONS, PAYMENTS, CONTACTS, OPPORTUNITIES -> true;
      case CUSTOMERS, ALIASES, MARKETS -> false;
    };
  }

  /**
   * Whether its rows are those of customers, whom they make known; the others are read at once and
   * whole, beside the read of customers.
   */
  public boolean hasCustomers() {
    return switch (this) {
      case TRANSACTIONS, PAYMENTS, CONTACTS, CUSTOMERS, OPPORTUNITIES -> true;
      case ALIASES, MARKETS -> false;
    };
  }

  /**
   * Column that an input table may have.
   *
   * @param types the allowed values of a column of types, the default first; else empty
   * @param meaning one sentence
   */
  public record Column(
      String name, Need need, Role role, List<String> types, BilingualText meaning) {
    public Column {
      types = List.copyOf(types);
    }

    private static Column of(String name, Mapping column) {
      return new Column(
          name,
          column
              .member("needed")
              .map(it -> Need.valueOf(upper(((Scalar) it).text())))
              .orElse(Need.NEVER),
          Role.valueOf(upper(column.word("as"))),
          column.member("types").stream()
              .flatMap(types -> ((Sequence) types).items().stream())
              .map(type -> ((Scalar) type).text())
              .toList(),
          BilingualText.of(column));
    }

    private static String upper(String word) {
      return word.toUpperCase(Locale.ROOT);
    }

    /** Whether a table of this grain must map the column. */
    public boolean isRequired(InputSettings.Grain grain) {
      return switch (need) {
        case ALWAYS -> true;
        case FOR_LINES -> grain == InputSettings.Grain.LINE;
        case NEVER -> false;
      };
    }
  }

  /** Condition under which a column must be mapped. */
  public enum Need {
    /** For every grain. */
    ALWAYS,
    /** If a row is a line of a transaction. */
    FOR_LINES,
    /** Never; indicators that need the column are switched off without it. */
    NEVER
  }

  /** Role of a column that rows of every input may have, or else its type. */
  public enum Role {
    /** The customer. */
    CUSTOMER,
    /** The id of a row, or a part of it. */
    ID,
    /** The time of the event; inputs without it describe things, not events. */
    TIME,
    /** The day from which a row is known; always, where it is null. */
    SINCE,
    /** The amount of a row, never negative in a used one. */
    AMOUNT,
    /** Other exact money, which may be negative or null. */
    MONEY,
    /** Exact money that may be null, never negative in a used row. */
    SIZE,
    /** A whole number from 0. */
    COUNT,
    /** The type of a row, one of a few words. */
    TYPE,
    /** The id of something that another table or system has. */
    REFERENCE,
    /** Text. */
    TEXT,
    /** A day. */
    DATE,
    /** True or false. */
    FLAG,
    /** A number, such as of pieces. */
    NUMBER,
    /** A satisfaction level. */
    LEVEL,
    /** A probability. */
    PROBABILITY
  }
}
