package io.karat.draft;

import io.karat.settings.InputTable;
import io.karat.settings.InputTable.Column;
import io.karat.settings.InputTable.Need;
import io.karat.settings.InputTable.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Search for columns of ours among those of a table.
 *
 * @param kind the input for which the table is taken
 * @param isNamed whether the name of the table says so
 */
record ColumnSearch(TableProfile profile, InputTable kind, boolean isNamed, Vocabulary vocabulary) {
  private static final int LONG_WORD = 5;
  private static final int FEW_ROWS = 100;

  /** The column whose name is surest, else one that has a word of ours in it or no rival. */
  Optional<ColumnMatch> match(Column column, Set<String> used) {
    List<ColumnProfile> fitting = fitting(column, used);
    Optional<ColumnMatch> named =
        named(column, fitting).stream()
            .findFirst()
            .map(it -> new ColumnMatch(it, "by its name", ""));
    return column.need() == Need.ALWAYS
        ? named.or(() -> alike(column, fitting)).or(() -> only(column, fitting))
        : named;
  }

  /** The columns that are not used yet and have values that fit. */
  List<ColumnProfile> fitting(Column column, Set<String> used) {
    return profile.columns().stream()
        .filter(it -> !used.contains(it.name()) && it.filled() > 0 && fits(it, column.role()))
        .toList();
  }

  /** The columns that have a name of ours, the surest first. */
  List<ColumnProfile> named(Column column, List<ColumnProfile> fitting) {
    return words(column).stream()
        .flatMap(word -> fitting.stream().filter(it -> Vocabulary.word(it.name()).equals(word)))
        .toList();
  }

  /** Whether the name of the table says that it is of hoped-for sales, of which this is none. */
  boolean isOfHopes() {
    return kind.isOfEvents()
        && kind != InputTable.OPPORTUNITIES
        && vocabulary.table(profile.table().name()).equals(Optional.of(InputTable.OPPORTUNITIES));
  }

  /** A column of numbers that is called so. */
  Optional<ColumnProfile> number(String what) {
    return profile.named(vocabulary.other(what)).filter(ColumnProfile::isNumber);
  }

  private List<String> words(Column column) {
    List<String> words = vocabulary.column(kind, column.name());
    boolean isOwnId = column.role() == Role.CUSTOMER && kind == InputTable.CUSTOMERS && isNamed;
    return isOwnId
        ? Stream.concat(words.stream(), vocabulary.other("customers_own_id").stream()).toList()
        : words;
  }

  /** A column with a long word of ours in its name, an id before others. */
  private Optional<ColumnMatch> alike(Column column, List<ColumnProfile> fitting) {
    return words(column).stream()
        .filter(word -> word.length() >= LONG_WORD)
        .flatMap(
            word ->
                fitting.stream()
                    .filter(it -> Vocabulary.plain(it.name()).contains(word))
                    .filter(it -> !vocabulary.isOther(it.name()))
                    .filter(it -> column.role() != Role.CUSTOMER || isManifold(it))
                    .sorted(Comparator.comparing(it -> vocabulary.isId(it.name()) ? 0 : 1))
                    .map(
                        it ->
                            new ColumnMatch(
                                it,
                                "its name has %s in it".formatted(word),
                                column.role() == Role.CUSTOMER
                                    ? "whether it tells all customers apart"
                                    : "")))
        .findFirst();
  }

  /** Whether a column has more values than groups of customers would have. */
  private static boolean isManifold(ColumnProfile column) {
    return column.values().isEmpty() || column.filled() < FEW_ROWS;
  }

  /** The only column of days or times in a table is the time of its events. */
  private Optional<ColumnMatch> only(Column column, List<ColumnProfile> fitting) {
    List<ColumnProfile> times =
        fitting.stream().filter(it -> it.isSurelyTime() && !vocabulary.isOther(it.name())).toList();
    return column.role() == Role.TIME && times.size() == 1
        ? Optional.of(
            new ColumnMatch(
                times.get(0), "the only column of days or times", "whether it says when it was"))
        : Optional.empty();
  }

  private static boolean fits(ColumnProfile column, Role role) {
    return switch (role) {
      case CUSTOMER, ID, REFERENCE -> column.isKey();
      case TIME, SINCE, DATE -> column.isTime();
      case LEVEL, PROBABILITY -> column.isNumber() && !column.isTime();
      case AMOUNT, MONEY, SIZE, COUNT ->
          column.isNumber() && !column.isTime() && !column.isInPercent();
      case TYPE -> !column.values().isEmpty();
      case TEXT -> column.isText() || (!column.isTime() && !column.isNumber());
      case FLAG -> column.isFlag();
      // No indicator but those of buyer types needs one, and units mean many things.
      case NUMBER -> false;
    };
  }
}
