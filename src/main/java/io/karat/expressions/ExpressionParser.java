package io.karat.expressions;

import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.AbstractSqlParser;
import org.apache.spark.sql.catalyst.parser.AstBuilder;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.TypeConstructorContext;

/**
 * Spark's parser of expressions, which also refuses literals that are the clock in disguise, such
 * as {@code DATE 'today'}: once they are parsed, they are a day like any other.
 */
final class ExpressionParser extends AbstractSqlParser {
  private final AstBuilder builder = new Builder();

  @Override
  public AstBuilder astBuilder() {
    return builder;
  }

  private static final class Builder extends AstBuilder {
    @Override
    public Literal visitTypeConstructor(TypeConstructorContext literal) {
      Literal value = super.visitTypeConstructor(literal);
      if (ClockText.isDayOrTime(value.dataType())) {
        ExpressionRules.checkDayOrTime(
            CatalystSqlParser$.MODULE$.parseExpression(
                literal.singleStringLitWithoutMarker().getText()));
      }
      return value;
    }
  }
}
