package io.karat.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.run.Failpoint;
import io.karat.run.KaratException;
import io.karat.run.SessionSettings;
import io.karat.testing.JavaOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Process that runs nights, which can be killed and can meet another one. */
final class NightProcess {
  private NightProcess() {}

  /** Runs one night per line of input, and prints the exit code of each. */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = session("local[2]")) {
      ToyFirm firm = ToyFirm.at(spark, Path.of(arguments[0])).publishingTo(Path.of(arguments[1]));
      System.out.println("ready");
      BufferedReader nights = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (String night = nights.readLine(); night != null; night = nights.readLine()) {
        System.out.println(end(firm, night));
      }
    }
  }

  private static int end(ToyFirm firm, String night) throws IOException {
    try {
      firm.run(night);
      return 0;
    } catch (KaratException refused) {
      return refused.exitCode().number();
    }
  }

  static SparkSession session(String master) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(master)
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 4);
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    return builder.getOrCreate();
  }

  /** Starts the process; {@code failpoint} may be empty. */
  static Process start(ToyFirm firm, String failpoint) throws IOException {
    return new ProcessBuilder(
            command(
                NightProcess.class,
                "-D%s=%s".formatted(Failpoint.PROPERTY, failpoint),
                firm.folder().toString(),
                firm.output().toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The command that starts a test class as the launcher starts Karat. */
  static List<String> command(Class<?> main, String option, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.files());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", option, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  static void type(Process process, String night) throws IOException {
    process.getOutputStream().write((night + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  static BufferedReader answers(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }
}
