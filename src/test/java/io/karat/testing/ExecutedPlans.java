package io.karat.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.apache.spark.sql.util.QueryExecutionListener;
import scala.jdk.javaapi.CollectionConverters;

/** Plans that Spark executes while something is done. */
public final class ExecutedPlans implements QueryExecutionListener {
  private final ConcurrentLinkedQueue<SparkPlan> plans = new ConcurrentLinkedQueue<>();

  private ExecutedPlans() {}

  /** Action that may fail. */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    void run() throws Exception;
  }

  /** The nodes of all plans that are executed in the course of an action. */
  public static List<SparkPlan> nodes(SparkSession spark, Action action) throws Exception {
    ExecutedPlans executed = new ExecutedPlans();
    spark.listenerManager().register(executed);
    try {
      action.run();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.listenerManager().unregister(executed);
    }
    return executed.plans.stream().flatMap(plan -> nodes(plan).stream()).toList();
  }

  @Override
  public void onSuccess(String function, QueryExecution execution, long nanoseconds) {
    plans.add(execution.executedPlan());
  }

  @Override
  public void onFailure(String function, QueryExecution execution, Exception failure) {
    plans.add(execution.executedPlan());
  }

  /** The nodes that ran; a reused exchange ran elsewhere. */
  public static List<SparkPlan> nodes(SparkPlan plan) {
    List<SparkPlan> nodes = new ArrayList<>();
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      nodes.addAll(nodes(adaptive.executedPlan()));
    } else if (plan instanceof QueryStageExec stage) {
      nodes.addAll(nodes(stage.plan()));
    } else if (plan instanceof CommandResultExec command) {
      nodes.addAll(nodes(command.commandPhysicalPlan()));
    } else if (!(plan instanceof ReusedExchangeExec)) {
      nodes.add(plan);
      CollectionConverters.asJava(plan.children()).forEach(child -> nodes.addAll(nodes(child)));
    }
    return nodes;
  }
}
