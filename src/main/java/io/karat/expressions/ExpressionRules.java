package io.karat.expressions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** The rules for user-written expressions. Anything that they do not allow is refused by name. */
final class ExpressionRules {
  private static final String WHY =
      "an expression uses one row only and always gives the same result. 'karat dictionary"
          + " --functions' lists the allowed functions";
  private static final Set<String> NODES =
      Set.of(
          ("Add And BitwiseAnd BitwiseNot BitwiseOr BitwiseXor CaseWhen Cast Concat Divide"
                  + " EqualNullSafe EqualTo GreaterThan GreaterThanOrEqual ILike In IntegralDivide"
                  + " IsNotNull IsNull LessThan LessThanOrEqual Like LikeAll LikeAny Literal"
                  + " Multiply Not NotLikeAll NotLikeAny Or Overlay RLike Remainder StringLocate"
                  + " StringTrim StringTrimBoth StringTrimLeft StringTrimRight Substring Subtract"
                  + " TimestampAdd TimestampDiff UnaryMinus UnaryPositive UnresolvedAttribute"
                  + " UnresolvedExtractValue UnresolvedFunction")
              .split(" "));
  private static final Map<String, String> REFUSED_NODES =
      Map.ofEntries(
          Map.entry("WindowExpression", "a window function (OVER)"),
          Map.entry("InSubquery", "a subquery"),
          Map.entry("ListQuery", "a subquery"),
          Map.entry("Exists", "a subquery"),
          Map.entry("ScalarSubquery", "a subquery"),
          Map.entry("UnresolvedStar", "'*'"),
          Map.entry("LambdaFunction", "a lambda function (->)"),
          Map.entry("Alias", "an alias (AS)"),
          Map.entry("NamedParameter", "a parameter marker"),
          Map.entry("PosParameter", "a parameter marker"));
  private static final Set<String> OUTSIDE =
      Set.of(
          ("current_date current_timestamp current_time localtimestamp current_user session_user"
                  + " user current_catalog current_database current_schema")
              .split(" "));
  private static final String METADATA = "_metadata";
  private static final Set<String> CLOCK_READERS =
      Set.of(
          "date",
          "timestamp",
          "to_date",
          "to_timestamp",
          "to_timestamp_ltz",
          "to_timestamp_ntz",
          "try_to_timestamp");
  private static final Set<String> PATTERN_READERS =
      Set.of("rlike", "regexp_extract", "regexp_like", "regexp_replace", "regexp_substr");

  /**
   * Checks an expression with all its children.
   *
   * @throws ExpressionException for the first term that is not allowed
   */
  void check(Expression expression) {
    String node = expression.getClass().getSimpleName();
    if (!NODES.contains(node)) {
      throw refused(REFUSED_NODES.getOrDefault(node, "'" + expression.prettyName() + "'"));
    }

    if (expression instanceof UnresolvedAttribute attribute) {
      checkName(attribute);
    } else if (expression instanceof UnresolvedFunction function) {
      checkFunction(function);
    } else if (expression instanceof Cast cast
        && ClockText.isDayOrTime(cast.dataType())
        && isClockWord(cast.child())) {
      throw clock(text(cast.child()));
    } else if (node.equals("RLike")) {
      checkPattern(expression.children().apply(1));
    }

    CollectionConverters.asJava(expression.children()).forEach(this::check);
  }

  private static void checkName(UnresolvedAttribute attribute) {
    String name = attribute.nameParts().head().toLowerCase(Locale.ROOT);
    if (name.equals(METADATA)) {
      throw new ExpressionException(
          "'%s' is not allowed: it depends on where files lie, not on what they say. Use columns of the files"
              .formatted(attribute.nameParts().mkString(".")));
    }
    if (attribute.nameParts().size() == 1 && isOutside(name) && !isQuoted(attribute)) {
      throw new ExpressionException(
          "%s. If a column is meant, write `%s` in backticks"
              .formatted(refused("'" + name + "'").getMessage(), name));
    }
  }

  /** Whether Spark takes a name that no column has for a function that looks beyond the row. */
  static boolean isOutside(String name) {
    return OUTSIDE.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a name is written in backticks, in which it is a column whatever functions there are.
   */
  private static boolean isQuoted(UnresolvedAttribute attribute) {
    Option<String> sql = attribute.origin().sqlText();
    Option<Object> start = attribute.origin().startIndex();
    return sql.isDefined() && start.isDefined() && sql.get().charAt((Integer) start.get()) == '`';
  }

  private static void checkFunction(UnresolvedFunction function) {
    String name = function.nameParts().mkString(".").toLowerCase(Locale.ROOT);
    List<Expression> arguments = CollectionConverters.asJava(function.arguments());
    if (!AllowedFunctions.contains(name)) {
      throw new ExpressionException(new RefusedFunction(name).message());
    }
    if (function.isDistinct() || function.filter().isDefined()) {
      throw refused("an aggregate ('%s' with DISTINCT or FILTER)".formatted(name));
    }
    if (arguments.isEmpty()) {
      throw refused("function '%s' without an argument".formatted(name));
    }
    if (CLOCK_READERS.contains(name) && isClockWord(arguments.get(0))) {
      throw clock(text(arguments.get(0)));
    }
    if (PATTERN_READERS.contains(name) && arguments.size() > 1) {
      checkPattern(arguments.get(1));
    }
  }

  private static void checkPattern(Expression expression) {
    if (!(expression instanceof Literal literal) || literal.value() == null) {
      return;
    }

    try {
      Pattern.compile(literal.value().toString());
    } catch (PatternSyntaxException error) {
      throw new ExpressionException(
          "'%s' is not a regular expression: %s"
              .formatted(literal.value(), error.getDescription().toLowerCase(Locale.ROOT)),
          error);
    }
  }

  /** Refuses a literal of a day or time whose text is read from the clock. */
  static void checkDayOrTime(Expression literal) {
    if (ClockText.isRead(text(literal))) {
      throw clock(text(literal));
    }
  }

  private static boolean isClockWord(Expression argument) {
    return ClockText.isWord(text(argument));
  }

  /** The text of a literal; empty if it is another expression, or null. */
  private static String text(Expression expression) {
    return expression instanceof Literal literal && literal.value() != null
        ? literal.value().toString()
        : "";
  }

  static ExpressionException clock(String text) {
    return refused("'%s' as a day or time".formatted(text));
  }

  private static ExpressionException refused(String what) {
    return new ExpressionException("%s is not allowed: %s".formatted(what, WHY));
  }
}
