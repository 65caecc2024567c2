package io.karat.draft;

import static java.util.stream.Collectors.joining;

import io.karat.settings.InputTable;
import io.karat.settings.InputTable.Column;
import io.karat.settings.InputTable.Need;
import io.karat.settings.InputTable.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Input as it is guessed: which columns of a table are which of ours. */
final class DraftInput {
  private static final int LONG_WORD = 5;
  private static final String BY_NAME = "by its name";

  private final TableProfile profile;
  private final InputTable kind;
  private final Vocabulary vocabulary;
  private final Map<String, String> given;
  private final Map<String, DraftColumn> columns = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private int decimals;

  private DraftInput(
      TableProfile profile, InputTable kind, Vocabulary vocabulary, Map<String, String> given) {
    this.profile = profile;
    this.kind = kind;
    this.vocabulary = vocabulary;
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
    List<Column> needed = kind.columns().stream().filter(it -> it.need() == Need.ALWAYS).toList();
    needed.forEach(input::guess);
    kind.columns().stream().filter(it -> !needed.contains(it)).forEach(input::guess);
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

  /** The columns that nothing is made of. */
  List<String> unused() {
    List<String> known = characteristics();
    return profile.columns().stream()
        .map(ColumnProfile::name)
        .filter(name -> !used.contains(name) && !known.contains(name))
        .toList();
  }

  /** How sure it is that the table is this input: more is surer. */
  int likeness() {
    boolean isNamed = vocabulary.table(profile.table().name()).equals(Optional.of(kind));
    return columns.size() + (isNamed ? 10 : 0);
  }

  /** The needed columns that nothing was found for, each with the columns that it might be. */
  List<String> missing() {
    return kind.columns().stream()
        .filter(column -> column.need() == Need.ALWAYS && !has(column.name()))
        .map(column -> column.name() + candidates(column))
        .toList();
  }

  private String candidates(Column column) {
    List<String> fitting =
        profile.columns().stream()
            .filter(it -> !used.contains(it.name()) && fits(it, column.role()))
            .map(ColumnProfile::name)
            .toList();
    return fitting.isEmpty() ? "" : fitting.stream().collect(joining(" or ", " (", "?)"));
  }

  private void guess(Column column) {
    String name = column.name();
    Optional<String> own =
        Optional.ofNullable(given.get(kind.tableName() + "." + name))
            .or(() -> Optional.ofNullable(given.get(name)));
    if (own.isPresent()) {
      used.add(own.get());
      add(name, own.get(), "as --map says", "");
      return;
    }

    Optional<ColumnProfile> found = found(column);
    if (column.role() == Role.AMOUNT) {
      guessAmount(name, found);
    } else if (column.role() == Role.TYPE) {
      guessType(column, found);
    } else if (found.isPresent()) {
      used.add(found.get().name());
      add(
          name,
          expression(column, found.get()),
          reason(column, found.get()),
          check(column, found.get()));
    }
  }

  private void add(String name, String expression, String reason, String check) {
    columns.put(name, new DraftColumn(name, expression, reason, check));
  }

  /** The column whose name is surest, else one whose name has a long word of ours in it. */
  private Optional<ColumnProfile> found(Column column) {
    List<String> words = vocabulary.column(kind, column.name());
    List<ColumnProfile> fitting =
        profile.columns().stream()
            .filter(it -> !used.contains(it.name()) && it.filled() > 0 && fits(it, column.role()))
            .toList();
    Optional<ColumnProfile> exact =
        words.stream()
            .flatMap(
                word -> fitting.stream().filter(it -> Vocabulary.plain(it.name()).equals(word)))
            .findFirst();
    return exact.or(
        () ->
            column.need() == Need.ALWAYS
                ? words.stream()
                    .filter(word -> word.length() >= LONG_WORD)
                    .flatMap(
                        word ->
                            fitting.stream()
                                .filter(it -> Vocabulary.plain(it.name()).contains(word)))
                    .findFirst()
                : Optional.empty());
  }

  private static boolean fits(ColumnProfile column, Role role) {
    return switch (role) {
      case CUSTOMER, ID, REFERENCE -> column.isKey();
      case TIME, SINCE, DATE -> column.isTime();
      case AMOUNT, MONEY, SIZE, COUNT, LEVEL, PROBABILITY -> column.isNumber() && !column.isTime();
      case TYPE -> !column.values().isEmpty();
      case TEXT -> column.isText() || (!column.isTime() && !column.isNumber());
      case FLAG -> column.isFlag();
      // No indicator but those of buyer types needs one, and units mean many things.
      case NUMBER -> false;
    };
  }

  private static String expression(Column column, ColumnProfile found) {
    return switch (column.role()) {
      case TIME, SINCE, DATE -> found.time();
      default -> found.reference();
    };
  }

  private static String reason(Column column, ColumnProfile found) {
    String expression = expression(column, found);
    return expression.equals(found.reference()) ? BY_NAME : BY_NAME + ", in the form of its values";
  }

  private static String check(Column column, ColumnProfile found) {
    boolean isTime = Set.of(Role.TIME, Role.SINCE, Role.DATE).contains(column.role());
    return isTime && found.patterns().size() > 1 && !found.patterns().contains("")
        ? "its values read as %s alike".formatted(String.join(" and ", found.patterns()))
        : "";
  }

  /** An amount, or else a number of units times their price. */
  private void guessAmount(String name, Optional<ColumnProfile> found) {
    Optional<ColumnProfile> units = number("quantity");
    Optional<ColumnProfile> price = number("unit_price");
    boolean isPrice = found.isEmpty() || found.equals(price);
    if (kind == InputTable.TRANSACTIONS && isPrice && units.isPresent() && price.isPresent()) {
      used.add(units.get().name());
      used.add(price.get().name());
      boolean isSigned = units.get().negatives() + price.get().negatives() > 0;
      String product = "%s * %s".formatted(units.get().reference(), price.get().reference());
      add(
          name,
          isSigned ? "abs(%s)".formatted(product) : product,
          "columns %s and %s".formatted(units.get().name(), price.get().name()),
          "whether the price is of one unit, before or after tax");
      decimals = units.get().decimals() + price.get().decimals();
    } else if (found.isPresent()) {
      used.add(found.get().name());
      boolean isSigned = found.get().negatives() > 0;
      add(
          name,
          isSigned ? "abs(%s)".formatted(found.get().reference()) : found.get().reference(),
          isSigned ? BY_NAME + "; some are below zero" : BY_NAME,
          "before or after tax");
      decimals = found.get().decimals();
    }
  }

  private Optional<ColumnProfile> number(String what) {
    return profile.named(vocabulary.other(what)).filter(ColumnProfile::isNumber);
  }

  private void guessType(Column column, Optional<ColumnProfile> found) {
    Optional<ColumnProfile> signed =
        profile.columns().stream()
            .filter(it -> used.contains(it.name()) && it.isNumber() && it.negatives() > 0)
            .findFirst();
    if (found.isPresent() && isMeant(column, found.get())) {
      used.add(found.get().name());
      add(
          column.name(),
          types(column, found.get()),
          "column %s has %s".formatted(found.get().name(), String.join(", ", found.get().values())),
          isOurs(column, found.get()) ? "" : "which values mean what");
    } else if (signed.isPresent() && column.types().size() == 2) {
      add(
          column.name(),
          "CASE WHEN %s < 0 THEN '%s' ELSE '%s' END"
              .formatted(signed.get().reference(), column.types().get(1), column.types().get(0)),
          "%,d of the first %,d rows have %s below zero"
              .formatted(signed.get().negatives(), profile.looked(), signed.get().name()),
          "");
    }
  }

  /** Whether a value says a type, or the input must have one. */
  private boolean isMeant(Column column, ColumnProfile found) {
    return column.need() == Need.ALWAYS
        || found.values().stream()
            .anyMatch(value -> vocabulary.type(value, column.types()).isPresent());
  }

  private static boolean isOurs(Column column, ColumnProfile found) {
    return column.types().containsAll(found.values());
  }

  private String types(Column column, ColumnProfile found) {
    if (isOurs(column, found)) {
      return found.reference();
    }

    String other = column.types().size() == 2 ? column.types().get(0) : "OTHER";
    StringBuilder cases = new StringBuilder("CASE");
    for (String type : column.types()) {
      List<String> values =
          found.values().stream()
              .filter(value -> vocabulary.type(value, column.types()).equals(Optional.of(type)))
              .map(value -> "'%s'".formatted(value.replace("'", "\\'")))
              .toList();
      if (!values.isEmpty() && !type.equals(other)) {
        cases.append(
            " WHEN %s IN (%s) THEN '%s'"
                .formatted(found.reference(), String.join(", ", values), type));
      }
    }
    return cases.toString().equals("CASE")
        ? "'%s'".formatted(other)
        : cases + " ELSE '%s' END".formatted(other);
  }

  /** The columns of customers that are characteristics: few values, and used for nothing else. */
  List<String> characteristics() {
    List<String> names = new ArrayList<>();
    if (kind == InputTable.CUSTOMERS) {
      for (ColumnProfile column : profile.columns()) {
        boolean isDay = profile.table().dayFolder().equals(Optional.of(column.name()));
        if (column.isText()
            && column.distinct() > 1
            && !column.values().isEmpty()
            && !used.contains(column.name())
            && !column.isTime()
            && !isDay
            && column.name().matches("[a-z][a-z0-9_]*")) {
          names.add(column.name());
        }
      }
    }
    return names;
  }
}
