package io.karat.cli;

import io.karat.run.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/**
 * Command that opens Spark, reads a broken file if told so, and ends as told, in a process of its
 * own.
 */
@picocli.CommandLine.Command(name = "end")
public final class EndCommand implements Command {
  @Option(names = "--with", required = true)
  private ExitCode exitCode;

  @Option(names = "--spark")
  private boolean usesSpark;

  @Option(names = "--broken")
  private Path broken = Path.of("");

  /** Replaces {@link Main}, with this command only. */
  public static void main(String[] arguments) {
    Main.start(new Karat(List.of(new EndCommand())), arguments);
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    if (usesSpark) {
      try (CommandSession session =
          CommandSession.open("karat end", ZoneId.of("Asia/Shanghai"), options)) {
        describe(session.spark(), console);
        readBroken(session.spark());
      }
    }
    return exitCode;
  }

  private static void describe(SparkSession spark, Console console) {
    spark.sql("SELECT 1").count();
    console.print("master: " + spark.sparkContext().master());
    console.print("application: " + spark.sparkContext().appName());
    console.print("time zone: " + spark.conf().get("spark.sql.session.timeZone"));
    console.print("adaptive: " + spark.conf().get("spark.sql.adaptive.enabled"));
    console.print("classes: " + spark.conf().get("spark.sql.codegen.cache.maxEntries"));
    console.print("page: " + spark.sparkContext().uiWebUrl().isDefined());
  }

  private void readBroken(SparkSession spark) {
    if (Files.exists(broken) && !broken.toString().isEmpty()) {
      spark.read().parquet(broken.toString());
    }
  }
}
