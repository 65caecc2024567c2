package io.karat.testing;

import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;

/**
 * Listener that keeps the longest stack of projections in what a session executes. Each of them
 * copies every column of a row.
 */
public final class LongestProjections implements QueryExecutionListener {
  private static final Pattern PROJECTION = Pattern.compile("[\\s:+*()\\d-]*Project \\[.*");

  private final SparkSession session;
  private int longest;
  private String plan = "";

  public LongestProjections(SparkSession session) {
    this.session = session;
    session.listenerManager().register(this);
  }

  @Override
  public synchronized void onSuccess(String name, QueryExecution execution, long nanoseconds) {
    int length = 0;
    String executed = execution.executedPlan().toString();
    for (String line : executed.split("\n", -1)) {
      length = PROJECTION.matcher(line).matches() ? length + 1 : 0;
      if (length > longest) {
        longest = length;
        plan = executed;
      }
    }
  }

  @Override
  public void onFailure(String name, QueryExecution execution, Exception failure) {}

  /** Their number, after all that was executed so far. */
  public int longest() {
    try {
      session.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException late) {
      throw new IllegalStateException(late);
    }
    synchronized (this) {
      return longest;
    }
  }

  /** The plan that has them. */
  public synchronized String plan() {
    return plan;
  }
}
