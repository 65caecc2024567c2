package io.karat.engine;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Complete$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Final$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Partial$;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.apache.spark.sql.execution.aggregate.ObjectHashAggregateExec;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A rule for physical plans: where no row moves between the two halves of an aggregation, it is
 * done at once.
 *
 * <p>Spark plans every aggregation as a partial and a final one and then looks whether rows have to
 * be exchanged in between. Where they lie right already, the second half only puts each group into
 * a hash map once more, and is one more class to compile.
 *
 * <p>Spark has a rule of this name after 4.1 (SPARK-43317), which is switched off by the same key,
 * {@code spark.sql.execution.combineAdjacentAggregation}.
 */
public final class CombineAdjacentAggregation extends Rule<SparkPlan> {
  static final String KEY = "spark.sql.execution.combineAdjacentAggregation";

  @Override
  public SparkPlan apply(SparkPlan plan) {
    boolean isSwitchedOn = Boolean.parseBoolean(conf().getConfString(KEY, "true"));
    return isSwitchedOn ? combined(plan) : plan;
  }

  private static SparkPlan combined(SparkPlan plan) {
    SparkPlan below = plan.mapChildren(CombineAdjacentAggregation::combined);
    SparkPlan combined = below;
    if (below instanceof HashAggregateExec whole
        && whole.child() instanceof HashAggregateExec part
        && isPart(part, whole)) {
      combined = complete(part, whole);
    } else if (below instanceof ObjectHashAggregateExec whole
        && whole.child() instanceof ObjectHashAggregateExec part
        && isPart(part, whole)) {
      combined = complete(part, whole);
    }
    combined.copyTagsFrom(plan);
    return combined;
  }

  /**
   * Whether the first aggregation computes exactly the partial aggregates that the second merges.
   */
  private static boolean isPart(BaseAggregateExec part, BaseAggregateExec whole) {
    List<AggregateExpression> parts = list(part.aggregateExpressions());
    List<AggregateExpression> wholes = list(whole.aggregateExpressions());
    return parts.stream().allMatch(it -> it.mode().equals(Partial$.MODULE$))
        && wholes.stream().allMatch(it -> it.mode().equals(Final$.MODULE$))
        && results(parts).equals(results(wholes))
        && columns(part).equals(columns(whole));
  }

  private static List<ExprId> results(List<AggregateExpression> expressions) {
    return expressions.stream().map(AggregateExpression::resultId).toList();
  }

  private static List<Expression> columns(BaseAggregateExec aggregate) {
    return list(aggregate.groupingExpressions()).stream()
        .map(it -> ((Expression) it).canonicalized())
        .toList();
  }

  /** The combined aggregation requires the distribution of rows that the final one does. */
  private static SparkPlan complete(HashAggregateExec part, HashAggregateExec whole) {
    return new HashAggregateExec(
        whole.requiredChildDistributionExpressions(),
        part.isStreaming(),
        part.numShufflePartitions(),
        part.groupingExpressions(),
        complete(part.aggregateExpressions()),
        whole.aggregateAttributes(),
        part.initialInputBufferOffset(),
        whole.resultExpressions(),
        part.child());
  }

  private static SparkPlan complete(ObjectHashAggregateExec part, ObjectHashAggregateExec whole) {
    return new ObjectHashAggregateExec(
        whole.requiredChildDistributionExpressions(),
        part.isStreaming(),
        part.numShufflePartitions(),
        part.groupingExpressions(),
        complete(part.aggregateExpressions()),
        whole.aggregateAttributes(),
        part.initialInputBufferOffset(),
        whole.resultExpressions(),
        part.child());
  }

  private static Seq<AggregateExpression> complete(Seq<AggregateExpression> parts) {
    List<AggregateExpression> complete =
        list(parts).stream()
            .map(
                it ->
                    it.copy(
                        it.aggregateFunction(),
                        Complete$.MODULE$,
                        it.isDistinct(),
                        it.filter(),
                        it.resultId()))
            .toList();
    return CollectionConverters.asScala(complete).toSeq();
  }

  private static <T> List<T> list(Seq<T> elements) {
    return CollectionConverters.asJava(elements);
  }
}
