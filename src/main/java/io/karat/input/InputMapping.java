package io.karat.input;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable.Need;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The mapping from the source columns of one input to our columns.
 *
 * @param table the schema of the input
 * @param isLines whether rows of one {@code transaction_id} add up to one transaction
 * @param key the key of deduplication: rows equal in it, within one customer and day, are the same
 *     delivered again; our names, else source columns; empty if there is no deduplication
 * @param prefer the row highest in this expression survives deduplication
 * @param where rows for which this is not true are excluded
 * @param joins the names of the tables that are joined to the rows, such as {@code join[0]}
 * @param columns our names and the expressions over the source's columns
 * @param money the configured money format
 * @param isRounded whether surplus decimals are rounded instead of refused
 * @param isIdRaw whether ids keep blanks and invisible characters at their ends
 */
public record InputMapping(
    InputSchema table,
    boolean isLines,
    List<String> key,
    Optional<RowExpression> prefer,
    Optional<RowExpression> where,
    List<String> joins,
    Map<String, RowExpression> columns,
    Money money,
    boolean isRounded,
    boolean isIdRaw)
    implements SourceColumns {

  public InputMapping {
    key = List.copyOf(key);
    joins = List.copyOf(joins);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /**
   * Reads the mapping of a configuration; a refused expression is added to the problems and left
   * out.
   */
  public static InputMapping of(InputSettings settings, Money money, Problems problems) {
    InputSchema table = InputSchema.of(settings);
    Map<String, RowExpression> columns = new LinkedHashMap<>();
    settings
        .columns()
        .forEach(
            (name, value) ->
                parsed(value, problems).ifPresent(parsed -> columns.put(name, parsed)));
    settings
        .characteristics()
        .forEach(
            (name, declared) ->
                parsed(declared.value(), problems).ifPresent(it -> columns.put(name, it)));
    boolean isLines = settings.grain() == InputSettings.Grain.LINE;
    boolean hasId = !isLines && columns.keySet().containsAll(table.idColumns());
    return new InputMapping(
        table,
        isLines,
        settings.key().orElse(hasId ? table.idColumns() : List.of()),
        settings.prefer().flatMap(prefer -> parsed(prefer, problems)),
        settings.where().flatMap(where -> parsed(where, problems)),
        settings.joins().stream().map(join -> join.at().name()).toList(),
        columns,
        money,
        settings.roundAmounts(),
        settings.keepIds() == InputSettings.KeptIds.RAW);
  }

  /** The customer of source rows, as in the tables but for aliases. */
  public Column customer(Dataset<Row> source) {
    Column id = Optional.ofNullable(columns.get(Columns.CUSTOMER_ID)).orElseThrow().column(source);
    return new KeyColumn(id, source.select(id).schema().apply(0).dataType(), isIdRaw).text();
  }

  @Override
  public Set<String> sourceColumns() {
    Set<String> names = new TreeSet<>();
    columns.values().forEach(value -> names.addAll(value.words()));
    where.ifPresent(value -> names.addAll(value.words()));
    prefer.ifPresent(value -> names.addAll(value.words()));
    key.stream().filter(name -> !maps(name)).forEach(names::add);
    return names;
  }

  @Override
  public Set<String> requiredSourceColumns() {
    Set<String> names = new TreeSet<>();
    table.input().columns().stream()
        .filter(column -> column.need() == Need.ALWAYS)
        .flatMap(column -> Stream.ofNullable(columns.get(column.name())))
        .forEach(value -> names.addAll(value.words()));
    return names;
  }

  private static Optional<RowExpression> parsed(Expression expression, Problems problems) {
    try {
      return Optional.of(RowExpression.ofColumns(expression.sql()));
    } catch (ExpressionException refused) {
      problems.add(
          expression.at(), "'%s': %s.".formatted(expression.at().key(), refused.getMessage()));
      return Optional.empty();
    }
  }

  public boolean maps(String column) {
    return columns.containsKey(column);
  }
}
