package io.karat.expressions;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Try;

/**
 * Text that Spark reads as a day or time of the clock: {@code today}, {@code now UTC}, or a time
 * without a day, such as {@code 12:30}. Where a text is expected, it is one like any other.
 */
final class ClockText {
  /** A time without a day, which Spark takes from the clock. */
  static final String BARE_TIME = "^\\s*T?\\d{1,2}:";

  private static final Pattern TIME = Pattern.compile(BARE_TIME);
  private static final Pattern WORD =
      Pattern.compile(
          "\\s*(now|today|tomorrow|yesterday)(\\P{Alpha}.*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Set<DataType> DAYS_AND_TIMES =
      Set.of(DataTypes.DateType, DataTypes.TimestampType, DataTypes.TimestampNTZType);

  private ClockText() {}

  /** Whether the text is a word such as {@code today}, with or without a time zone. */
  static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /** Whether the text is such a word, or a time without a day. */
  static boolean isRead(String text) {
    return isWord(text) || TIME.matcher(text).find();
  }

  static boolean isDayOrTime(DataType type) {
    return DAYS_AND_TIMES.contains(type);
  }

  /**
   * The first constant text in a plan that becomes a day or time of the clock, also where no cast
   * is written, as in {@code booked_on < 'today'}.
   */
  static Optional<String> in(LogicalPlan analyzed) {
    return expressions(ReplaceExpressions$.MODULE$.apply(analyzed))
        .flatMap(ClockText::parts)
        .filter(part -> part instanceof Cast cast && isDayOrTime(cast.dataType()))
        .map(part -> ((Cast) part).child())
        .filter(child -> child.foldable() && child.dataType().equals(DataTypes.StringType))
        .map(child -> Try.apply(() -> String.valueOf(child.eval(null))).getOrElse(() -> ""))
        .filter(ClockText::isRead)
        .findFirst();
  }

  private static Stream<Expression> expressions(LogicalPlan plan) {
    return Stream.concat(
        CollectionConverters.asJava(plan.expressions()).stream(),
        CollectionConverters.asJava(plan.children()).stream().flatMap(ClockText::expressions));
  }

  private static Stream<Expression> parts(Expression expression) {
    return Stream.concat(
        Stream.of(expression),
        CollectionConverters.asJava(expression.children()).stream().flatMap(ClockText::parts));
  }
}
