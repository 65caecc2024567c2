package io.karat.engine;

import org.apache.spark.sql.SparkSession;

/**
 * Session for frames of a few rows, for which generated code takes longer to compile than to run:
 * Spark evaluates their expressions as they stand, in one partition. The values are the same.
 */
public final class InterpretedSession {
  private InterpretedSession() {}

  /** A session of its own beside another, which stays as it is. */
  public static SparkSession beside(SparkSession spark) {
    SparkSession own = ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession();
    own.conf().set("spark.sql.shuffle.partitions", 1);
    own.conf().set("spark.sql.adaptive.enabled", false);
    interpret(own, true);
    return own;
  }

  /** Whether what a session computes from now on is interpreted; code is generated else. */
  public static void interpret(SparkSession own, boolean isInterpreted) {
    own.conf().set("spark.sql.codegen.wholeStage", !isInterpreted);
    own.conf().set("spark.sql.codegen.factoryMode", isInterpreted ? "NO_CODEGEN" : "FALLBACK");
  }
}
