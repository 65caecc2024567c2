package io.karat.draft;

import static java.util.stream.Collectors.joining;

import io.karat.settings.InputTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * Rows of a table that count, and what a person should know of the others.
 *
 * @param kind the input for which the table is taken
 * @param amounts the columns of its amounts
 * @param isUsed the columns that something is made of
 */
record CountedRows(
    TableProfile profile,
    InputTable kind,
    Vocabulary vocabulary,
    List<ColumnProfile> amounts,
    Set<String> isUsed) {
  private static final int FEW_TYPES = 12;

  CountedRows {
    amounts = List.copyOf(amounts);
    isUsed = Set.copyOf(isUsed);
  }

  /** Rows without a customer, or with a word for none or for a sum, are no rows of one. */
  List<DraftCondition> ofCustomers(String customer) {
    return profile.columns().stream()
        .filter(column -> column.reference().equals(customer))
        .flatMap(
            column ->
                Stream.of(
                        nameless(column),
                        others(column, "sums", "look like sums of others"),
                        others(column, "nobody", "have such a customer, as of guests"))
                    .flatMap(Optional::stream))
        .toList();
  }

  private static Optional<DraftCondition> nameless(ColumnProfile column) {
    return column.filled() == column.rows()
        ? Optional.empty()
        : Optional.of(
            new DraftCondition(
                "%s IS NOT NULL".formatted(column.reference()),
                "%,d of the first %,d rows have no customer"
                    .formatted(column.rows() - column.filled(), column.rows())));
  }

  /** Rows whose customer is one of some words. */
  private Optional<DraftCondition> others(ColumnProfile column, String words, String what) {
    String text = "lower(trim(CAST(%s AS STRING)))".formatted(column.reference());
    String isWord = "%s IN (%s)".formatted(text, DraftText.quoted(vocabulary.other(words)));
    Row found =
        profile.first(
            "count_if(%s)".formatted(isWord),
            "array_sort(collect_set(if(%s, %s, NULL)))".formatted(isWord, text));
    return found.getLong(0) == 0
        ? Optional.empty()
        : Optional.of(
            new DraftCondition(
                "coalesce(%s, '') NOT IN (%s)"
                    .formatted(text, DraftText.quoted(found.<String>getList(1))),
                "%,d of the first %,d rows %s"
                    .formatted(found.getLong(0), profile.looked(), what)));
  }

  /** Rows without an amount do not count if they are so many that a night would refuse them. */
  List<DraftCondition> ofAmounts() {
    return amounts.stream()
        .filter(column -> !ColumnProfile.isNearlyAll(column.filled(), column.rows()))
        .map(
            column ->
                new DraftCondition(
                    "%s IS NOT NULL".formatted(column.reference()),
                    "%,d of the first %,d rows have no %s, as further lines of an order"
                        .formatted(column.rows() - column.filled(), column.rows(), column.name())))
        .toList();
  }

  /** Rows whose status says that nothing came of them do not count. */
  List<DraftCondition> ofStatus() {
    return ofMoney()
        ? profile.columns().stream()
            .filter(column -> !statesOfNone(column).isEmpty())
            .map(
                column ->
                    new DraftCondition(
                        "coalesce(%s, '') NOT IN (%s)"
                            .formatted(column.reference(), DraftText.quoted(statesOfNone(column))),
                        kind == InputTable.TRANSACTIONS
                            ? "rows that became no sale do not count"
                            : "rows that became no payment do not count"))
            .toList()
        : List.of();
  }

  /** Payments among documents of sales are no sales. */
  List<DraftCondition> ofDocuments() {
    return kind == InputTable.TRANSACTIONS
        ? profile.columns().stream()
            .filter(column -> hasName("types", column))
            .filter(column -> !documents(column, "documents_of_sales").isEmpty())
            .filter(column -> !documents(column, "documents_of_payments").isEmpty())
            .map(
                column ->
                    new DraftCondition(
                        "coalesce(%s, '') NOT IN (%s)"
                            .formatted(
                                column.reference(),
                                DraftText.quoted(documents(column, "documents_of_payments"))),
                        "payments are no sales"))
            .toList()
        : List.of();
  }

  private List<String> documents(ColumnProfile column, String what) {
    return column.values().stream()
        .filter(value -> vocabulary.other(what).contains(Vocabulary.plain(value)))
        .toList();
  }

  private boolean hasName(String list, ColumnProfile column) {
    return vocabulary.other(list).contains(Vocabulary.plain(column.name()));
  }

  /** The columns that say by a status which rows count. */
  Set<String> statusColumns() {
    Set<String> columns = new HashSet<>();
    profile.columns().stream()
        .filter(column -> ofMoney() && !statesOfNone(column).isEmpty())
        .forEach(column -> columns.add(column.name()));
    return columns;
  }

  private List<String> statesOfNone(ColumnProfile column) {
    return column.values().stream()
        .filter(value -> vocabulary.isOfNoSale(column.name(), value))
        .toList();
  }

  private boolean ofMoney() {
    return kind == InputTable.TRANSACTIONS || kind == InputTable.PAYMENTS;
  }

  /** What a person should look at in columns that nothing is made of. */
  List<String> checks(boolean hasType) {
    List<String> checks = new ArrayList<>();
    if (!ofMoney()) {
      return checks;
    }
    for (ColumnProfile column : profile.columns()) {
      if (!isUsed.contains(column.name())) {
        check(column, hasType).ifPresent(checks::add);
      }
    }
    return checks;
  }

  private Optional<String> check(ColumnProfile column, boolean hasType) {
    List<String> none = column.values().stream().filter(vocabulary::isOfNone).toList();
    if (!none.isEmpty()) {
      return Optional.of(
          "%s has %s: leave such rows out with where if nothing came of them"
              .formatted(column.name(), String.join(", ", none)));
    }
    if (vocabulary.isOfRefunds(column.name())
        && column.isNumber()
        && column.range().filter(it -> it.largest().signum() > 0).isPresent()) {
      return Optional.of(
          "%s is not taken off amount: if amount is before refunds, write %s - %s"
              .formatted(
                  column.name(),
                  amounts.stream().map(ColumnProfile::number).collect(joining(" * ")),
                  column.number()));
    }
    boolean mayBeType =
        hasName("types", column) && column.distinct() > 1 && column.distinct() <= FEW_TYPES;
    return mayBeType && !hasType
        ? Optional.of(
            "%s has %s, and all rows count as %s: map type if some are not"
                .formatted(
                    column.name(),
                    column.values().isEmpty()
                        ? column.distinct() + " values"
                        : String.join(", ", column.values()),
                    kind == InputTable.TRANSACTIONS ? "sales" : "payments"))
        : Optional.empty();
  }
}
