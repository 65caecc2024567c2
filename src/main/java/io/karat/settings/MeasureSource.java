package io.karat.settings;

import java.util.List;
import java.util.Locale;

/** What measures can be taken from: an input, or what follows from several of them. */
public enum MeasureSource {
  /** What customers bought and returned. */
  TRANSACTIONS,
  /** What customers paid and got back. */
  PAYMENTS,
  /** When and why customers and the business spoke. */
  CONTACTS,
  /** Who the customers are. */
  CUSTOMERS,
  /** What the business hopes to sell. */
  OPPORTUNITIES,
  /** What customers owe from day to day: one row per stretch of days on which nothing changes. */
  RECEIVABLES;

  /** The inputs without which nothing can be measured. */
  public List<InputTable> inputs() {
    return switch (this) {
      case TRANSACTIONS -> List.of(InputTable.TRANSACTIONS);
      case PAYMENTS -> List.of(InputTable.PAYMENTS);
      case CONTACTS -> List.of(InputTable.CONTACTS);
      case CUSTOMERS -> List.of(InputTable.CUSTOMERS);
      case OPPORTUNITIES -> List.of(InputTable.OPPORTUNITIES);
      case RECEIVABLES -> List.of(InputTable.TRANSACTIONS, InputTable.PAYMENTS);
    };
  }

  /** Its name in configuration and messages. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
