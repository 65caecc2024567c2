package io.karat.settings;

import io.karat.run.LowerCase;
import java.util.List;

/** Source of measures: an input, or a table derived from several inputs. */
public enum MeasureSource {
  /** Purchases and returns. */
  TRANSACTIONS,
  /** Payments and refunds. */
  PAYMENTS,
  /** Contacts between customers and the business. */
  CONTACTS,
  /** Attributes of customers. */
  CUSTOMERS,
  /** Sales that the business hopes for. */
  OPPORTUNITIES,
  /** Amounts that customers owe by day: one row per customer and period without a change. */
  RECEIVABLES,
  /** Transactions with the payments that name them: one row per transaction and its due day. */
  INVOICES,
  /** Complaints, each with its resolution and the first sale after it: one row per complaint. */
  COMPLAINTS,
  /** Costs of contacts, each with the first sale after it: one row per customer and day. */
  SERVICES;

  /** The inputs that the source needs. */
  public List<InputTable> inputs() {
    return switch (this) {
      case TRANSACTIONS -> List.of(InputTable.TRANSACTIONS);
      case PAYMENTS -> List.of(InputTable.PAYMENTS);
      case CONTACTS -> List.of(InputTable.CONTACTS);
      case CUSTOMERS -> List.of(InputTable.CUSTOMERS);
      case OPPORTUNITIES -> List.of(InputTable.OPPORTUNITIES);
      case RECEIVABLES, INVOICES -> List.of(InputTable.TRANSACTIONS, InputTable.PAYMENTS);
      case COMPLAINTS, SERVICES -> List.of(InputTable.CONTACTS);
    };
  }

  /** Whether its columns are computed, so that none of them is mapped. */
  public boolean isDerived() {
    return switch (this) {
      case RECEIVABLES, INVOICES, COMPLAINTS, SERVICES -> true;
      case TRANSACTIONS, PAYMENTS, CONTACTS, CUSTOMERS, OPPORTUNITIES -> false;
    };
  }

  /** The name in configuration and messages. */
  public String tableName() {
    return LowerCase.of(this);
  }
}
