package io.karat.expressions;

import static java.util.stream.Collectors.toCollection;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Try;

/**
 * A Spark SQL expression from the configuration, over the columns of one row.
 *
 * <p>It is checked against {@link AllowedFunctions} when it is parsed, which needs no session. A
 * failing cast, parse or overflow gives null and never stops a run (see {@link TrySemantics}).
 */
public final class RowExpression {
  private static final Pattern SQLSTATE = Pattern.compile(" SQLSTATE: \\w+");

  /** The parser's guess, which depends on its earlier input. */
  private static final Pattern GUESS = Pattern.compile(": (missing|extra input) .*(?=\\. \\()");

  private static final Pattern CONDITION = Pattern.compile("^\\[[A-Z_.]+] ");

  private final String sql;
  private final Expression parsed;

  private RowExpression(String sql, Expression parsed) {
    this.sql = sql;
    this.parsed = parsed;
  }

  /**
   * Parses an expression.
   *
   * @throws ExpressionException if the text is not an expression or uses a term that is not allowed
   */
  public static RowExpression parse(String sql) {
    if (sql.isBlank()) {
      throw new ExpressionException("the expression is empty");
    }

    Expression parsed = parsed(sql);
    new ExpressionRules().check(parsed);
    return new RowExpression(sql, parsed);
  }

  /**
   * Parses a value of a mapping. One that is just a name is the column of that name, also where
   * Spark has a function that is called without parentheses, such as {@code user}.
   *
   * @throws ExpressionException if the text is not an expression or uses a term that is not allowed
   */
  public static RowExpression ofColumns(String sql) {
    String name = sql.strip();
    return ExpressionRules.isOutside(name)
        ? new RowExpression(sql, parse("`%s`".formatted(name)).parsed)
        : parse(sql);
  }

  /** The parsed expression; empty if it is refused. */
  public static Optional<RowExpression> find(String sql) {
    try {
      return Optional.of(parse(sql));
    } catch (ExpressionException refused) {
      return Optional.empty();
    }
  }

  private static Expression parsed(String sql) {
    // The parser's exception is a checked one that the Scala method does not declare.
    Try<Expression> attempt = Try.apply(() -> new ExpressionParser().parseExpression(sql));
    if (attempt.isFailure() && attempt.failed().get() instanceof ParseException error) {
      String line =
          String.valueOf(error.getMessage())
              .lines()
              .filter(text -> !text.isBlank())
              .findFirst()
              .orElse("syntax error");
      String reason = SQLSTATE.matcher(CONDITION.matcher(line).replaceFirst("")).replaceAll("");
      throw new ExpressionException(
          "'%s' is not Spark SQL: %s".formatted(sql, GUESS.matcher(reason).replaceFirst("")),
          error);
    }

    return attempt.get();
  }

  /** The text as written. */
  public String sql() {
    return sql;
  }

  /** The names that the expression refers to, as written, without nested fields. */
  public Set<String> words() {
    return attributes(parsed)
        .map(attribute -> attribute.nameParts().head())
        .collect(toCollection(LinkedHashSet::new));
  }

  /** The name, if the expression is a single name. */
  public Optional<String> asWord() {
    return parsed instanceof UnresolvedAttribute attribute && attribute.nameParts().size() == 1
        ? Optional.of(attribute.nameParts().head())
        : Optional.empty();
  }

  /** Whether the expression is a literal other than null. */
  public boolean isConstant() {
    return parsed instanceof Literal literal && literal.value() != null;
  }

  /** The name, if the expression has the form {@code name > 0}. */
  public Optional<String> asPositiveWord() {
    return parsed instanceof GreaterThan greater
            && greater.right() instanceof Literal literal
            && Integer.valueOf(0).equals(literal.value())
        ? new RowExpression(greater.left().sql(), greater.left()).asWord()
        : Optional.empty();
  }

  /** The two factors, if the expression is a product. */
  public Optional<Product> asProduct() {
    return parsed instanceof Multiply multiply
        ? Optional.of(
            new Product(
                new RowExpression(multiply.left().sql(), multiply.left()),
                new RowExpression(multiply.right().sql(), multiply.right())))
        : Optional.empty();
  }

  /** The expression as a condition on a single column; empty if it is none. */
  public Optional<ColumnCondition> asColumnCondition() {
    return ColumnCondition.of(parsed);
  }

  /** The texts that each name is compared with for equality, anywhere in the expression. */
  public Map<String, Set<String>> comparedWords() {
    Map<String, Set<String>> compared = new LinkedHashMap<>();
    parts(parsed)
        .filter(
            part -> part instanceof EqualTo || part instanceof EqualNullSafe || part instanceof In)
        .forEach(
            part -> {
              List<Expression> sides = CollectionConverters.asJava(part.children());
              Set<String> words =
                  sides.stream()
                      .filter(
                          side ->
                              side instanceof Literal literal
                                  && literal.value() instanceof UTF8String)
                      .map(side -> ((Literal) side).value().toString())
                      .collect(toCollection(LinkedHashSet::new));
              sides.stream()
                  .filter(UnresolvedAttribute.class::isInstance)
                  .map(side -> ((UnresolvedAttribute) side).nameParts().head())
                  .forEach(
                      name ->
                          compared
                              .computeIfAbsent(name, it -> new LinkedHashSet<>())
                              .addAll(words));
            });
    return compared;
  }

  private static Stream<Expression> parts(Expression expression) {
    return Stream.concat(
        Stream.of(expression),
        CollectionConverters.asJava(expression.children()).stream().flatMap(RowExpression::parts));
  }

  /** The value, over columns with the names that the expression uses. */
  public Column column() {
    return column(Map.of());
  }

  /** The value, with some names (in any case) replaced by the given columns. */
  public Column column(Map<String, Column> words) {
    return ExpressionUtils.column(
        new TrySemantics(TrySemantics.Division.TRY, ignoringCase(words)).apply(parsed));
  }

  /**
   * The value over the columns of source rows. Text that is calculated with, or compared with a
   * number, is an exact number of up to 18 decimals.
   */
  public Column column(Dataset<Row> source) {
    Function<Column, Optional<DataType>> typeOf =
        column -> {
          // Spark's exception is a checked one that the Scala method does not declare.
          Try<DataType> type =
              Try.apply(() -> source.select(column).schema().fields()[0].dataType());
          return type.isSuccess() ? Optional.of(type.get()) : Optional.empty();
        };
    return ExpressionUtils.column(
        new TrySemantics(TrySemantics.Division.TRY, Map.of(), typeOf).apply(parsed));
  }

  /**
   * The value, with every division as an exact ratio: decimal(38,6), rounded once, half up; null if
   * the denominator is not positive.
   */
  public Column ratio(Map<String, Column> words) {
    return ExpressionUtils.column(
        new TrySemantics(TrySemantics.Division.RATIO, ignoringCase(words)).apply(parsed));
  }

  @Override
  public String toString() {
    return sql;
  }

  private static Map<String, Column> ignoringCase(Map<String, Column> words) {
    Map<String, Column> folded = new TreeMap<>();
    words.forEach((word, column) -> folded.put(word.toLowerCase(Locale.ROOT), column));
    return folded;
  }

  private static Stream<UnresolvedAttribute> attributes(Expression expression) {
    return expression instanceof UnresolvedAttribute attribute
        ? Stream.of(attribute)
        : CollectionConverters.asJava(expression.children()).stream()
            .flatMap(RowExpression::attributes);
  }

  /** The product of two expressions. */
  public record Product(RowExpression left, RowExpression right) {}
}
