package io.karat.testing;

import io.karat.engine.HadoopDefaults;
import io.karat.run.SessionSettings;
import java.time.ZoneId;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit extension that gives every test the same local session, stopped after the last test
 * class. The profile {@code fast} skips all tests that need it.
 */
public final class LocalSpark implements ExecutionCondition, ParameterResolver {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Boolean.getBoolean("karat.without.spark")
        ? ConditionEvaluationResult.disabled("It needs Spark, which the profile 'fast' leaves out")
        : ConditionEvaluationResult.enabled("There is Spark");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public SparkSession resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(Session.class, key -> new Session(session("local[2]")), Session.class)
        .spark();
  }

  /** A session like the one that all tests share, for a process of its own. */
  public static SparkSession session(String master) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(master)
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 4)
            // Many tests run the same night, whose classes are compiled once, as by the launcher.
            .config("spark.sql.codegen.cache.maxEntries", 2000)
            .config("spark.sql.artifact.isolation.enabled", false)
            // Code that Spark cannot compile fails a test, in place of running slowly.
            .config("spark.sql.codegen.fallback", false);
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    SparkSession spark = builder.getOrCreate();
    HadoopDefaults.leaveOut(spark.sparkContext());
    return spark;
  }

  private record Session(SparkSession spark) implements AutoCloseable {
    @Override
    public void close() {
      spark.stop();
    }
  }
}
