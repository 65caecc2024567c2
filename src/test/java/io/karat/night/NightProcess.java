package io.karat.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.run.Failpoint;
import io.karat.run.KaratException;
import io.karat.testing.JavaOptions;
import io.karat.testing.LocalSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.SparkSession;

/** Process that runs nights, which can be killed and can meet another one. */
final class NightProcess {
  /** What it answers of a night that goes no further than a failpoint. */
  static final String STOPPED = "stopped";

  private static final String FOR_DAYS = ":sleep=999999999";

  private NightProcess() {}

  /**
   * Runs a night for every line: the folder that it publishes to, its day and, where it is to go no
   * further, a failpoint. Answers with the number that it ended with, or that it stopped.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    try (SparkSession spark = LocalSpark.session("local[2]")) {
      ToyFirm firm = ToyFirm.at(spark, folder);
      BufferedReader nights = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (String night = nights.readLine(); night != null; night = nights.readLine()) {
        String[] words = night.split(" ", -1);
        ToyFirm there = firm.publishingTo(folder.resolve(words[0]));
        System.out.println(
            words.length == 2 ? end(there, words[1]) : stop(there, words[1], words[2]));
      }
    }
  }

  /** The number that a night ends with. */
  static String end(ToyFirm firm, String night) throws IOException {
    try {
      firm.run(night);
      return "0";
    } catch (KaratException refused) {
      return Integer.toString(refused.exitCode().number());
    }
  }

  /** A night that stays where it is, with all it holds, until its process is killed. */
  private static String stop(ToyFirm firm, String night, String failpoint)
      throws InterruptedException {
    System.setProperty(Failpoint.PROPERTY, failpoint + FOR_DAYS);
    AtomicReference<String> end = new AtomicReference<>(STOPPED);
    Thread stopping =
        new Thread(
            () -> {
              try {
                end.set(end(firm, night));
              } catch (IOException failed) {
                end.set(failed.toString());
              }
            });
    stopping.setDaemon(true);
    stopping.start();
    while (stopping.isAlive() && !isAtFailpoint(stopping)) {
      Thread.sleep(20);
    }
    System.clearProperty(Failpoint.PROPERTY);
    return String.valueOf(end.get());
  }

  private static boolean isAtFailpoint(Thread night) {
    return Arrays.stream(night.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(Failpoint.class.getName())
                    && frame.getMethodName().equals("sleep"));
  }

  static Process start(ToyFirm firm) throws IOException {
    return new ProcessBuilder(
            JavaOptions.command(
                NightProcess.class, "-Dspark.ui.enabled=false", firm.folder().toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Has it run a night. */
  static void type(Process process, String night) throws IOException {
    process.getOutputStream().write((night + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  static BufferedReader answers(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }
}
