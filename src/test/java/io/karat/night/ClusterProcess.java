package io.karat.night;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.SparkSession;

/**
 * Process that runs the same night twice: on two executors, one of which is killed while it works,
 * and on one core.
 */
final class ClusterProcess {
  private ClusterProcess() {}

  /** Prints the number of executors killed, then the content hashes of both runs, one line each. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    System.setProperty("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    System.setProperty(
        "spark.executor.extraJavaOptions",
        JavaModuleOptions.defaultModuleOptions() + " " + StandaloneSpark.SHORT_LIVED);
    AtomicInteger killed = new AtomicInteger();
    try (SparkSession spark = LocalSpark.session("local-cluster[2,1,1024]")) {
      spark.sparkContext().addSparkListener(new Killer(killed));
      System.out.println(run(spark, folder, "cluster"));
    }
    System.out.println(killed.get());
    try (SparkSession spark = LocalSpark.session("local[1]")) {
      System.out.println(run(spark, folder, "one core"));
    }
  }

  private static Map<String, String> run(SparkSession spark, Path folder, String output)
      throws IOException {
    ToyFirm firm = ToyFirm.at(spark, folder).publishingTo(folder.resolve(output));
    return ToyFirm.hashes(firm.run("2026-03-03").tables());
  }

  /** Listener that kills an executor when its shuffled rows are about to be read. */
  private static final class Killer extends SparkListener {
    private final AtomicInteger killed;

    Killer(AtomicInteger killed) {
      this.killed = killed;
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
      long written = stage.stageInfo().taskMetrics().shuffleWriteMetrics().bytesWritten();
      if (written > 0 && killed.get() == 0) {
        // The executors are the only children of this process.
        ProcessHandle.current()
            .children()
            .findFirst()
            .filter(ProcessHandle::destroyForcibly)
            .ifPresent(executor -> killed.incrementAndGet());
      }
    }
  }
}
