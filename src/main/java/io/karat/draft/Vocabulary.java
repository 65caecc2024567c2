package io.karat.draft;

import io.karat.settings.InputTable;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import io.karat.settings.yaml.YamlResource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Words by which tables, columns and values of other systems are recognised. */
final class Vocabulary {
  private final Mapping words = YamlResource.read(Vocabulary.class, "vocabulary.yaml");

  /** A name as the words are written: in lower case, without white space and punctuation. */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]", "");
  }

  /** The same without an ending that says in which currency or unit amounts are. */
  static String word(String name) {
    return plain(AmountUnit.without(name));
  }

  /** The input that a table of this name is. */
  Optional<InputTable> table(String name) {
    return Stream.of(InputTable.values())
        .filter(table -> list(words.inner("tables"), table.tableName()).contains(plain(name)))
        .findFirst();
  }

  /** The names under which other systems have a column of an input, the surest first. */
  List<String> column(InputTable table, String column) {
    return table == InputTable.ALIASES && column.equals("customer_id")
        ? list(words, "aliases_customer_id")
        : list(words.inner("columns"), column);
  }

  /** The names of something that is no column of an input, such as the currency. */
  List<String> other(String name) {
    return list(words, name);
  }

  /** Whether a name says that a column is of something beside events, such as tax or a birthday. */
  boolean isOther(String name) {
    return list(words, "beside").stream().anyMatch(plain(name)::contains);
  }

  /** Whether a name says that a column tells one thing from another. */
  boolean isId(String name) {
    return list(words, "ids").stream().anyMatch(plain(name)::endsWith);
  }

  /** Whether a value of a column of states says that no sale came of it. */
  boolean isOfNoSale(String column, String value) {
    return isOfStatus(column) && isOfNone(value);
  }

  /** Whether a name says that a column tells what became of orders. */
  boolean isOfStatus(String column) {
    return list(words, "status").contains(plain(column));
  }

  /** Whether a value says that nothing came of an order; some systems put their mark before it. */
  boolean isOfNone(String value) {
    return list(words, "no_sale").contains(plain(value).replaceFirst("^wc", ""));
  }

  /** Whether a name says that a column is of what was paid back. */
  boolean isOfRefunds(String name) {
    return list(words, "refunds").stream().anyMatch(plain(name)::contains);
  }

  /** The type of an input that a value means; empty if it says none. */
  Optional<String> type(String value, List<String> types) {
    String plain = plain(value);
    return types.stream()
        .filter(
            type -> plain.equals(plain(type)) || list(words.inner("values"), type).contains(plain))
        .findFirst();
  }

  /** The type of an input that one of the words of a value means; empty if none says one. */
  Optional<String> typeWithin(String value, List<String> types) {
    List<String> parts =
        Stream.of(value.split("[^\\p{L}\\p{Nd}]+")).map(Vocabulary::plain).toList();
    return types.stream()
        .filter(
            type ->
                list(words.inner("words"), type).stream()
                    .anyMatch(word -> isAmong(word, parts, plain(value))))
        .findFirst();
  }

  /** Words of Chinese and some of German are put together with others. */
  private boolean isAmong(String word, List<String> parts, String whole) {
    boolean isJoined = list(words, "joined").contains(word) || word.matches("\\p{IsHan}+");
    return isJoined ? whole.contains(word) : parts.contains(word);
  }

  /** What is usual in a country: its {@code zone} or {@code currency}. */
  Optional<String> usual(String country, String what) {
    return words.inner("countries").member(plain(country)).map(it -> ((Mapping) it).word(what));
  }

  private static List<String> list(Mapping mapping, String name) {
    return mapping.member(name).stream()
        .flatMap(it -> ((Sequence) it).items().stream())
        .map(it -> ((Scalar) it).text())
        .toList();
  }
}
