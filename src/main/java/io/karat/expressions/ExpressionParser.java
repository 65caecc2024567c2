package io.karat.expressions;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.AbstractSqlParser;
import org.apache.spark.sql.catalyst.parser.AstBuilder;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ConstantDefaultContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.TypeConstructorContext;
import org.apache.spark.sql.types.DataTypes;

/**
 * Spark's parser of expressions, with literals of days and times that mean the same everywhere.
 *
 * <p>Literals that are the clock in disguise, such as {@code DATE 'today'}, are refused: once they
 * are parsed, they are a day like any other. A literal of a time stays a cast of its text, as its
 * time zone is that of the session, which begins after the configuration is read.
 */
final class ExpressionParser extends AbstractSqlParser {
  private final AstBuilder builder = new Builder();

  @Override
  public AstBuilder astBuilder() {
    return builder;
  }

  private static final class Builder extends AstBuilder {
    @Override
    public Object visitConstantDefault(ConstantDefaultContext constant) {
      Object value = super.visitConstantDefault(constant);
      return constant.constant() instanceof TypeConstructorContext typed
              && value instanceof Literal literal
              && literal.dataType().equals(DataTypes.TimestampType)
          ? parse("CAST(%s AS TIMESTAMP_LTZ)".formatted(text(typed)))
          : value;
    }

    @Override
    public Literal visitTypeConstructor(TypeConstructorContext typed) {
      Literal value = super.visitTypeConstructor(typed);
      if (ClockText.isDayOrTime(value.dataType())) {
        ExpressionRules.checkDayOrTime(parse(text(typed)));
      }
      return value;
    }

    /** The text as written, in its quotes. */
    private static String text(TypeConstructorContext typed) {
      return typed.getText().substring(typed.literalType().getText().length());
    }

    private static Expression parse(String sql) {
      return CatalystSqlParser$.MODULE$.parseExpression(sql);
    }
  }
}
