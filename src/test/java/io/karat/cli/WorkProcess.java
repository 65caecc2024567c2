package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.engine.HadoopDefaults;
import io.karat.matching.MatchPlan;
import io.karat.matching.MatchSearch;
import io.karat.night.ToyFirm;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publishers;
import io.karat.publishing.ReleaseAudit;
import io.karat.publishing.RunLock;
import io.karat.run.SessionSettings;
import io.karat.testing.JavaOptions;
import io.karat.testing.SignalledProcess;
import io.karat.training.ModelJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Process that does the work of commands on the outputs of a firm, each in a thread, and can be
 * killed meanwhile.
 */
final class WorkProcess {
  /** The list of customers, in the folder of the firm; columns {@code id, name, phone}. */
  static final String CUSTOMERS = "customers.csv";

  private static final String DONE = "done ";
  private static final String FAILED = "failed ";
  private static final Publishers NONE = new Publishers(List.of());

  private final Process process;
  private final BufferedReader answers;

  private WorkProcess(Process process) {
    this.process = process;
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Begins the work of each line of the standard input, and answers when it is done. */
  public static void main(String[] folder) throws IOException {
    SparkSession.Builder builder = SparkSession.builder();
    SessionSettings.apply(ZoneId.of("UTC"), builder);
    try (SparkSession spark = builder.getOrCreate()) {
      HadoopDefaults.leaveOut(spark.sparkContext());
      ToyFirm firm = ToyFirm.at(spark, Path.of(folder[0]));
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      PrintStream answers = System.out;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String typed = line;
        new Thread(() -> answers.println(end(typed, firm))).start();
      }
    }
  }

  /** The answer to a line: the name of an output and the words of a command. */
  private static String end(String line, ToyFirm firm) {
    List<String> words = List.of(line.split(" "));
    try {
      work(words.subList(1, words.size()), firm.publishingTo(firm.folder().resolve(words.get(0))));
      return DONE + words.get(0);
    } catch (IOException | RuntimeException failure) {
      failure.printStackTrace();
      return FAILED + line + ": " + failure;
    }
  }

  private static void work(List<String> command, ToyFirm firm) throws IOException {
    OutputFolder output = firm.out();
    ReleaseAudit audit = new ReleaseAudit(firm.spark(), output);
    Console console = new Transcript(false).console();
    switch (command.get(0)) {
      case "run" -> firm.run(command.get(1), NONE);
      case "backfill" -> {
        for (String night : command.subList(1, command.size())) {
          firm.run(night, NONE);
        }
      }
      case "rollback" -> RollbackCommand.rollback(output, Optional.empty(), audit, NONE, console);
      case "publish" -> PublishCommand.publish(command.get(1), output, audit, NONE, console);
      case "fit" ->
          new ModelJob(
                  firm.spark(), output, ModelKinds.ofThisVersion().of(command.get(1), firm.plan()))
              .fit(Optional.empty());
      case "accept" -> ModelsAcceptCommand.accept(command.get(1), "latest", output, console);
      case "match" -> match(LocalDate.parse(command.get(1)), firm, output);
      case "decide" -> MatchAcceptCommand.accept(firm.spark(), output, Optional.empty(), console);
      default -> throw new IllegalArgumentException(command.toString());
    }
  }

  private static void match(LocalDate night, ToyFirm firm, OutputFolder output) throws IOException {
    MatchPlan plan =
        MatchPlan.of(
            firm.plan(
                    "inputs.customers={path: '%s', format: csv, columns: {customer_id: id}}"
                        .formatted(firm.folder().resolve(CUSTOMERS)),
                    "matching={fields: {name: {}, phone: {}}, prior: 0.01, review: 0.5, accept: 0.9}")
                .settings());
    try (RunLock lock = output.lock("match " + night)) {
      new MatchSearch(firm.spark(), plan, output).find(night, lock);
    }
  }

  /** Starts it; what it logs goes to the end of a file. */
  static WorkProcess start(Path firm, Path log) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.files());
    command.addAll(List.of("-Xmx1500m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dspark.sql.shuffle.partitions=2"));
    command.addAll(List.of("-Dspark.ui.enabled=false", "-Dspark.driver.host=127.0.0.1"));
    command.addAll(List.of("-Dspark.master=local[2]", "-Dspark.sql.codegen.cache.maxEntries=2000"));
    command.add("-Dspark.sql.artifact.isolation.enabled=false");
    command.add("-Dlog4j2.configurationFile=" + Path.of("conf/log4j2.properties"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(WorkProcess.class.getName(), firm.toString()));
    return new WorkProcess(
        new ProcessBuilder(SignalledProcess.of(command))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  void begin(String output, String command) throws IOException {
    process.getOutputStream().write("%s %s\n".formatted(output, command).getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /**
   * Waits until one more command is done.
   *
   * @return the name of its output
   * @throws IOException if it failed, or the process is gone
   */
  String done() throws IOException {
    String answer = answer();
    if (!answer.startsWith(DONE)) {
      throw new IOException(answer);
    }
    return answer.substring(DONE.length());
  }

  /** Waits until one more command has ended, and says how. */
  String answer() throws IOException {
    return String.valueOf(answers.readLine());
  }

  /** Whether another command has ended. */
  boolean hasAnswered() throws IOException {
    return answers.ready();
  }

  /** Sends a signal, and waits until the process is gone. */
  void stop(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    process.waitFor();
  }

  void close() {
    process.destroyForcibly();
  }
}
