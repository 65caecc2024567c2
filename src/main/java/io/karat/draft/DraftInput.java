package io.karat.draft;

import static java.util.stream.Collectors.joining;

import io.karat.settings.InputTable;
import io.karat.settings.InputTable.Column;
import io.karat.settings.InputTable.Need;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Input as it is guessed: which columns of a table are which of ours. */
final class DraftInput {
  private final TableProfile profile;
  private final InputTable kind;
  private final Vocabulary vocabulary;
  private final ColumnSearch search;
  private final Map<String, String> given;
  private final Map<String, DraftColumn> columns = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<ColumnProfile> amounts = new ArrayList<>();
  private final List<DraftCondition> conditions = new ArrayList<>();
  private int decimals;

  private DraftInput(
      TableProfile profile, InputTable kind, Vocabulary vocabulary, Map<String, String> given) {
    this.profile = profile;
    this.kind = kind;
    this.vocabulary = vocabulary;
    this.search =
        new ColumnSearch(
            profile,
            kind,
            vocabulary.table(profile.table().name()).equals(Optional.of(kind)),
            vocabulary);
    this.given = given;
  }

  /**
   * A table taken for an input.
   *
   * @param given expressions that a person gave, by our column, or by input and column
   */
  static DraftInput of(
      TableProfile profile, InputTable kind, Vocabulary vocabulary, Map<String, String> given) {
    DraftInput input = new DraftInput(profile, kind, vocabulary, given);
    kind.columns().stream()
        .sorted(Comparator.comparing(it -> it.need() != Need.ALWAYS))
        .forEach(input::guess);
    input.guessDecisions();
    input.guessConditions();
    return input;
  }

  TableProfile profile() {
    return profile;
  }

  InputTable kind() {
    return kind;
  }

  /** The guesses in the order of the input's columns. */
  List<DraftColumn> columns() {
    return kind.columns().stream()
        .flatMap(column -> Optional.ofNullable(columns.get(column.name())).stream())
        .toList();
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** The expression of a column that is there. */
  String expression(String column) {
    return Objects.requireNonNull(columns.get(column), column).expression();
  }

  /** The decimals that its amounts have in the first rows. */
  int decimals() {
    return decimals;
  }

  /** The columns of its amounts. */
  List<ColumnProfile> amounts() {
    return List.copyOf(amounts);
  }

  /** The column that says in which currency its amounts are. */
  Optional<ColumnProfile> currency() {
    return profile.named(vocabulary.other("currency")).filter(it -> !amounts.isEmpty());
  }

  /** The columns that nothing is made of. */
  List<String> unused() {
    return profile.columns().stream()
        .map(ColumnProfile::name)
        .filter(name -> !used.contains(name) && !characteristics().contains(name))
        .filter(name -> currency().stream().noneMatch(it -> it.name().equals(name)))
        .toList();
  }

  /** How sure it is that the table is this input: more is surer. */
  int likeness() {
    return columns.size() + (search.isNamed() ? 10 : 0);
  }

  /** The needed columns that nothing was found for, each with the columns that it might be. */
  List<String> missing() {
    return lacking().stream().map(column -> column.name() + candidates(column)).toList();
  }

  /** Whether the table may be this input, with events of which a list has the customers. */
  boolean isPossible(Optional<DraftInput> events) {
    return lacking().isEmpty() && !isOfHopes() && contradiction(events).isEmpty();
  }

  /** Whether it might be this input if it had the columns that it lacks. */
  boolean mayLack() {
    return !lacking().isEmpty() && !isOfHopes();
  }

  private boolean isOfHopes() {
    return search.isOfHopes()
        && given.keySet().stream().noneMatch(it -> it.startsWith(kind.tableName() + "."));
  }

  /** What speaks against a table of customers, unless its name or a person says that it is one. */
  private Optional<String> contradiction(Optional<DraftInput> events) {
    boolean isSaid = search.isNamed() || given.containsKey("customers." + Columns.CUSTOMER_ID);
    return kind == InputTable.CUSTOMERS
        ? customer().contradiction(events.filter(it -> !isSaid))
        : Optional.empty();
  }

  CustomerColumn customer() {
    return new CustomerColumn(profile, expression(Columns.CUSTOMER_ID));
  }

  /** The needed columns that nothing was found for. */
  List<Column> lacking() {
    return kind.columns().stream()
        .filter(column -> column.need() == Need.ALWAYS && !has(column.name()))
        .toList();
  }

  /** The reason why the table is not this input, though it looks like it; else empty. */
  Optional<String> obstacle(Optional<DraftInput> events) {
    if (profile.looked() == 0) {
      return Optional.of("no rows");
    }
    List<Column> lacking = lacking();
    if (lacking.isEmpty()) {
      return contradiction(events).map("it would be 'customers', but "::concat);
    }

    boolean isNear = lacking.size() == 1 && hasNeeded();
    return !(isNear || search.isNamed())
        ? Optional.empty()
        : Optional.of(
            "it would be '%1$s', but nothing says which %2$s. Say it with --map %1$s.%3$s=COLUMN"
                .formatted(
                    kind.tableName(),
                    (lacking.size() == 1 ? "column is " : "columns are ")
                        + String.join(" and ", missing()),
                    lacking.get(0).name()));
  }

  private boolean hasNeeded() {
    return kind.columns().stream().anyMatch(it -> it.need() == Need.ALWAYS && has(it.name()));
  }

  private String candidates(Column column) {
    List<String> fitting = search.fitting(column, used).stream().map(ColumnProfile::name).toList();
    return fitting.isEmpty() ? "" : fitting.stream().collect(joining(" or ", " (", "?)"));
  }

  private void guess(Column column) {
    String name = column.name();
    Optional<String> own =
        Optional.ofNullable(given.get(kind.tableName() + "." + name))
            .or(() -> Optional.ofNullable(given.get(name)));
    if (own.isPresent()) {
      used.add(own.get());
      columns.put(name, new DraftColumn(name, own.get(), "as --map says", ""));
      return;
    }

    switch (column.role()) {
      case AMOUNT -> guessAmount(column);
      case TYPE -> guessType(column);
      default ->
          search
              .match(column, used)
              .ifPresent(
                  it -> {
                    used.add(it.column().name());
                    columns.put(name, it.drafted(column));
                  });
    }
  }

  private void guessAmount(Column column) {
    AmountGuess.of(column, search, used)
        .ifPresent(
            it -> {
              it.of().forEach(part -> used.add(part.name()));
              amounts.addAll(it.of());
              columns.put(column.name(), it.column());
              decimals = it.decimals();
            });
  }

  private boolean isOfSales() {
    return kind == InputTable.TRANSACTIONS;
  }

  private void guessType(Column column) {
    TypeGuess guess = new TypeGuess(column, search.isNamed(), vocabulary);
    Optional<DraftColumn> told = Optional.empty();
    for (ColumnProfile named : search.named(column, search.fitting(column, used))) {
      if (told.isEmpty()) {
        told = guess.of(named);
        told.ifPresent(it -> used.add(named.name()));
      }
    }
    told.or(
            () ->
                signed()
                    .filter(it -> column.types().size() == 2)
                    .map(it -> guess.ofSign(it, profile.looked())))
        .ifPresent(it -> columns.put(column.name(), it));
  }

  /** A number below zero in what was returned: of the amount, or else of units. */
  private Optional<ColumnProfile> signed() {
    return amounts.stream()
        .filter(it -> it.negatives() > 0)
        .findFirst()
        .or(() -> search.number("quantity").filter(it -> isOfSales() && it.negatives() > 0));
  }

  private void guessDecisions() {
    if (kind == InputTable.OPPORTUNITIES) {
      DecisionGuess decisions = new DecisionGuess(profile, vocabulary, columns.keySet());
      decisions.condition().ifPresent(conditions::add);
      used.addAll(decisions.sources());
      decisions.columns().forEach(column -> columns.put(column.name(), column));
    }
  }

  private void guessConditions() {
    CountedRows rows = counted();
    if (kind.hasCustomers() && has(Columns.CUSTOMER_ID)) {
      conditions.addAll(rows.ofCustomers(expression(Columns.CUSTOMER_ID)));
    }
    conditions.addAll(rows.ofAmounts());
    conditions.addAll(rows.ofStatus());
    conditions.addAll(rows.ofDocuments());
    used.addAll(rows.statusColumns());
  }

  private CountedRows counted() {
    return new CountedRows(profile, kind, vocabulary, amounts, used);
  }

  /** The conditions under which rows are of the input; none if nothing says otherwise. */
  List<DraftCondition> conditions() {
    return List.copyOf(conditions);
  }

  /** What a person should look at in columns that are not used. */
  List<String> unusedChecks() {
    return counted().checks(has("type"));
  }

  /** The columns of customers that are characteristics: few values, and used for nothing else. */
  List<String> characteristics() {
    return profile.columns().stream()
        .filter(column -> kind == InputTable.CUSTOMERS && isCharacteristic(column))
        .map(ColumnProfile::name)
        .toList();
  }

  private boolean isCharacteristic(ColumnProfile column) {
    return column.isCategory()
        && !used.contains(column.name())
        && !profile.table().isDay(column.name())
        && !kind.has(column.name());
  }
}
