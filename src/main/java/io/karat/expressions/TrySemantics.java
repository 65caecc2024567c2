package io.karat.expressions;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Try;

/**
 * Rewriting of an expression so that a failure gives null: casts become TRY_CAST, arithmetic its
 * {@code try_} form, and a text that would read the clock becomes null too.
 *
 * <p>Implicit casts and functions take their behaviour from the session when a frame is analyzed;
 * {@link #lenient} switches the session to null on failure for one frame.
 */
public final class TrySemantics {
  private static final String ANSI = "spark.sql.ansi.enabled";
  private static final String RATIO_TYPE = "decimal(38,6)";
  private static final String EXACT_NUMBER = "decimal(38,18)";
  private static final Pattern CONDITION = Pattern.compile("^\\[[A-Z_.]+] ");
  private static final Pattern SQLSTATE = Pattern.compile("\\.? SQLSTATE: .*");
  private static final Set<String> TYPES =
      Set.of(
          "bigint",
          "boolean",
          "date",
          "double",
          "float",
          "int",
          "smallint",
          "string",
          "timestamp",
          "tinyint");

  /** The largest number of seconds since 1970 of an event time, far beyond year 3000. */
  private static final long FAR_SECONDS = 100_000_000_000L;

  private static final Map<String, Long> EPOCH_READERS =
      Map.of(
          "timestamp_seconds", FAR_SECONDS,
          "timestamp_millis", FAR_SECONDS * 1_000,
          "timestamp_micros", FAR_SECONDS * 1_000_000);

  /** Operators that calculate or compare, before which text becomes an exact number. */
  private static final Set<String> CALCULATIONS =
      Set.of("Add", "Subtract", "Multiply", "Divide", "Remainder", "UnaryMinus");

  private static final Set<String> COMPARISONS =
      Set.of(
          "EqualTo",
          "EqualNullSafe",
          "GreaterThan",
          "GreaterThanOrEqual",
          "LessThan",
          "LessThanOrEqual");
  private static final Set<String> NUMBER_FUNCTIONS =
      Set.of("abs", "bround", "ceil", "ceiling", "floor", "negative", "round", "sign", "signum");

  private final Division division;
  private final Map<String, Column> words;
  private final Function<Column, Optional<DataType>> typeOf;

  TrySemantics(Division division, Map<String, Column> words) {
    this(division, words, column -> Optional.empty());
  }

  /**
   * Semantics over columns of known types.
   *
   * @param typeOf the type of an expression; empty if it is not known
   */
  TrySemantics(
      Division division, Map<String, Column> words, Function<Column, Optional<DataType>> typeOf) {
    this.division = division;
    this.words = words;
    this.typeOf = typeOf;
  }

  /** Builds a frame whose expressions give null on failure. */
  public static <T> T lenient(SparkSession spark, Supplier<T> description) {
    String before = spark.conf().get(ANSI);
    spark.conf().set(ANSI, "false");
    try {
      return description.get();
    } finally {
      spark.conf().set(ANSI, before);
    }
  }

  /**
   * Builds such a frame from expressions that may not fit the types of their columns.
   *
   * @throws ExpressionException if one does not fit, or compares a day with a text such as {@code
   *     today}; the message says which and why
   */
  public static Dataset<Row> fitting(SparkSession spark, Supplier<Dataset<Row>> description) {
    // Spark's exception is a checked one that the Scala method does not declare.
    Try<Dataset<Row>> attempt = Try.apply(() -> lenient(spark, description));
    if (attempt.isFailure() && attempt.failed().get() instanceof AnalysisException error) {
      String line = String.valueOf(error.getMessage()).lines().findFirst().orElse("unknown reason");
      String reason = SQLSTATE.matcher(CONDITION.matcher(line).replaceFirst("")).replaceFirst("");
      throw new ExpressionException(reason, error);
    }

    Dataset<Row> frame = attempt.get();
    ClockText.in(((org.apache.spark.sql.classic.Dataset<Row>) frame).queryExecution().analyzed())
        .ifPresent(
            text -> {
              throw ExpressionRules.clock(text);
            });
    return frame;
  }

  Expression apply(Expression expression) {
    if (expression instanceof UnresolvedAttribute attribute) {
      return word(attribute);
    }

    List<Expression> children =
        CollectionConverters.asJava(expression.children()).stream().map(this::apply).toList();
    List<Expression> exact = exact(expression, children);
    Expression rewritten =
        children.isEmpty()
            ? expression
            : expression.withNewChildren(CollectionConverters.asScala(exact).toSeq());
    return rewrite(rewritten, exact.stream().map(ExpressionUtils::column).toList());
  }

  /**
   * The operands, text among them as decimals where it is calculated with or compared with a
   * number: Spark would make doubles, or whole numbers, of it.
   */
  private List<Expression> exact(Expression expression, List<Expression> operands) {
    String kind = expression.getClass().getSimpleName();
    boolean isCalculated =
        CALCULATIONS.contains(kind)
            || (expression instanceof UnresolvedFunction function
                && NUMBER_FUNCTIONS.contains(function.nameParts().head().toLowerCase(Locale.ROOT)));
    if (!isCalculated && !COMPARISONS.contains(kind)) {
      return operands;
    }

    List<Optional<DataType>> types =
        operands.stream().map(operand -> typeOf.apply(ExpressionUtils.column(operand))).toList();
    boolean isNumeric =
        isCalculated
            || types.stream().flatMap(Optional::stream).anyMatch(NumericType.class::isInstance);
    List<Expression> exact = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      boolean isText = types.get(i).filter(StringType.class::isInstance).isPresent();
      exact.add(isNumeric && isText ? number(operands.get(i)) : operands.get(i));
    }
    return exact;
  }

  private static Expression number(Expression text) {
    Column trimmed = functions.trim(ExpressionUtils.column(text));
    return ExpressionUtils.expression(trimmed.try_cast(EXACT_NUMBER));
  }

  private Expression word(UnresolvedAttribute attribute) {
    Column column = words.get(attribute.nameParts().head().toLowerCase(Locale.ROOT));
    return column == null || attribute.nameParts().size() > 1
        ? attribute
        : ExpressionUtils.expression(column);
  }

  private Expression rewrite(Expression expression, List<Column> children) {
    return switch (expression.getClass().getSimpleName()) {
      case "Cast" -> cast(children.get(0), ((Cast) expression).dataType());
      case "Add" -> call("try_add", children);
      case "Subtract" -> call("try_subtract", children);
      case "Multiply" -> call("try_multiply", children);
      case "Remainder" -> call("try_mod", children);
      case "Divide" -> divide(children);
      case "UnresolvedFunction" -> function((UnresolvedFunction) expression, children);
      default -> expression;
    };
  }

  private Expression divide(List<Column> children) {
    return switch (division) {
      case TRY -> call("try_divide", children);
      case RATIO -> ExpressionUtils.expression(ratio(children.get(0), children.get(1)));
    };
  }

  /** Both operands have six decimals, so the quotient has six too and is rounded only once. */
  private static Column ratio(Column numerator, Column denominator) {
    return when(
        denominator.gt(0),
        functions.try_divide(numerator.try_cast(RATIO_TYPE), denominator.try_cast(RATIO_TYPE)));
  }

  private static Expression function(UnresolvedFunction function, List<Column> arguments) {
    String name = function.nameParts().head().toLowerCase(Locale.ROOT);
    Long far = EPOCH_READERS.get(name);
    if (far != null) {
      Column seconds = arguments.get(0);
      return ExpressionUtils.expression(
          when(seconds.between(lit(-far), lit(far)), functions.call_function(name, seconds)));
    }

    if (name.equals("to_timestamp") && arguments.size() == 1) {
      return cast(arguments.get(0), DataTypes.TimestampType);
    }
    return TYPES.contains(name) && arguments.size() == 1
        ? cast(arguments.get(0), DataType.fromDDL(name))
        : function;
  }

  private static Expression cast(Column value, DataType type) {
    Column cast = value.try_cast(type);
    return ExpressionUtils.expression(
        type.equals(DataTypes.TimestampType)
            ? when(value.try_cast("string").rlike(ClockText.BARE_TIME), lit(null)).otherwise(cast)
            : cast);
  }

  private static Expression call(String function, List<Column> arguments) {
    return ExpressionUtils.expression(
        functions.call_function(function, arguments.toArray(Column[]::new)));
  }

  /** The semantics of a division. */
  enum Division {
    /** Null on division by zero. */
    TRY,
    /** An exact ratio of six decimals, null if the denominator is not positive. */
    RATIO
  }
}
