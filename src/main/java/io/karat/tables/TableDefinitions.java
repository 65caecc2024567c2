package io.karat.tables;

import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.YamlResource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * Definitions of the published tables and their columns in {@code tables.yaml}: names, types and
 * meanings in both languages.
 *
 * <p>A name or text may have places such as {@code {days}}, which arguments fill; a {@link
 * BilingualText} fills the place in a text of the same language. A name or argument that the file
 * lacks is a defect of ours and ends with an exception.
 */
public final class TableDefinitions {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
  private static final Mapping FILE = YamlResource.read(TableDefinitions.class, "tables.yaml");

  private TableDefinitions() {}

  /** The names of the tables in publishing order, places unfilled. */
  public static List<String> names() {
    return List.copyOf(FILE.inner("tables").members().keySet());
  }

  /** The table whose columns are the same in every configuration. */
  public static TableContract table(String name) {
    return table(name, Map.of(), List.of());
  }

  /** The table whose first columns are fixed. */
  public static TableContract table(String name, List<ColumnContract> more) {
    return table(name, Map.of(), more);
  }

  /** The table with its places filled. */
  public static TableContract table(String name, Map<String, ?> arguments) {
    return table(name, arguments, List.of());
  }

  /** The table that a search for duplicates writes, beside the releases. */
  public static TableContract ofMatching(String name, List<ColumnContract> more) {
    return table(FILE.inner("matching"), name, Map.of(), more);
  }

  private static TableContract table(
      String name, Map<String, ?> arguments, List<ColumnContract> more) {
    return table(FILE.inner("tables"), name, arguments, more);
  }

  private static TableContract table(
      Mapping tables, String name, Map<String, ?> arguments, List<ColumnContract> more) {
    Mapping table = tables.inner(name);
    return new TableContract(
        filled(name, Language.EN, arguments),
        text(table.inner("row"), arguments),
        Stream.concat(columns(table.inner("columns"), arguments), more.stream()).toList());
  }

  /** The columns of a part, which some tables have, or have once for each of several things. */
  public static List<ColumnContract> part(String name, Map<String, ?> arguments) {
    return columns(FILE.inner("parts").inner(name), arguments).toList();
  }

  /** A text that is no column's alone. */
  public static BilingualText text(String name, Map<String, ?> arguments) {
    return text(FILE.inner("texts").inner(name), arguments);
  }

  /** The decimal type that a word of the file means. */
  static DecimalType decimal(String word) {
    return (DecimalType) type(word, Map.of());
  }

  private static Stream<ColumnContract> columns(Mapping columns, Map<String, ?> arguments) {
    return columns.members().entrySet().stream()
        .flatMap(entry -> columns(entry.getKey(), entry.getValue(), arguments));
  }

  /** The column of an entry, or the columns of the part that it names. */
  private static Stream<ColumnContract> columns(
      String name, Value value, Map<String, ?> arguments) {
    return value instanceof Mapping column
        ? Stream.of(
            new ColumnContract(
                filled(name, Language.EN, arguments),
                type(column.word("type"), arguments),
                text(column, arguments)))
        : part(((Scalar) value).text(), arguments).stream();
  }

  private static DataType type(String word, Map<String, ?> arguments) {
    String type = FILE.inner("types").member(word).map(it -> ((Scalar) it).text()).orElse(word);
    return DataType.fromDDL(filled(type, Language.EN, arguments));
  }

  private static BilingualText text(Mapping both, Map<String, ?> arguments) {
    BilingualText text = BilingualText.of(both);
    return new BilingualText(
        filled(text.en(), Language.EN, arguments), filled(text.zh(), Language.ZH, arguments));
  }

  private static String filled(String text, Language language, Map<String, ?> arguments) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> Matcher.quoteReplacement(argument(place.group(1), language, arguments)));
  }

  private static String argument(String place, Language language, Map<String, ?> arguments) {
    Object argument = arguments.get(place);
    if (argument == null) {
      throw new IllegalStateException(
          "Nothing fills the place {%s} of tables.yaml".formatted(place));
    }
    return argument instanceof BilingualText text ? text.in(language) : argument.toString();
  }
}
