package io.karat.prediction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;

/** Process that fits a prediction and prints its text, after the vector module if Java has it. */
final class PredictionProcess {
  private PredictionProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = LocalSpark.session("local[2]")) {
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      ModuleLayer.boot()
          .findModule("jdk.incubator.vector")
          .ifPresent(module -> out.print(module.getName() + "\n"));
      out.print(new PredictionFitTest(spark).text());
    }
  }
}
