package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.ParseResult;

/**
 * Tests of the files under conf/schedule: the command lines that they pass to Karat, and their
 * handling of its exit codes.
 */
class ScheduleTest {
  private static final Path SCHEDULES = Path.of("conf/schedule");
  private static final String PROGRAM = "/opt/karat/scripts/karat";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keys of an application and its pods that the schema of the operator 2.2 knows; it has more. */
  private static final Set<String> OF_APPLICATION =
      Set.of(
          "arguments",
          "driver",
          "executor",
          "image",
          "mainApplicationFile",
          "mainClass",
          "mode",
          "restartPolicy",
          "sparkConf",
          "sparkVersion",
          "type");

  private static final Set<String> OF_POD =
      Set.of("cores", "envFrom", "instances", "javaOptions", "memory", "serviceAccount");

  /** Exit codes after which a person has to look before anything is run again. */
  private static final Set<Integer> FOR_A_PERSON =
      Set.of(ExitCode.USAGE.number(), ExitCode.REFUSED.number(), ExitCode.WARNED.number());

  /** Replacements for the few names of Airflow and Pendulum that the DAG uses. */
  private static final String AIRFLOW =
      """
      import json, sys, types

      class AirflowException(Exception): pass
      class AirflowSkipException(AirflowException): pass
      class AirflowFailException(AirflowException): pass

      made = {}

      class BashOperator:
          ended = 0
          def __init__(self, *, task_id, bash_command, skip_on_exit_code=99, **kwargs):
              self.skip_on_exit_code = skip_on_exit_code
              made['command'] = bash_command
              made['retries'] = kwargs['retries']
              made['operator'] = self
          def execute(self, context):
              if self.ended in self.skip_on_exit_code:
                  raise AirflowSkipException(f'exit code {self.ended}')
              if self.ended:
                  raise AirflowException(f'exit code {self.ended}')

      class DAG:
          def __init__(self, **kwargs):
              made['cron'], made['zone'] = kwargs['schedule']
              made['runs'] = kwargs['max_active_runs']
          def __enter__(self): return self
          def __exit__(self, *failure): pass

      def module(name, **members):
          sys.modules[name] = types.ModuleType(name)
          sys.modules[name].__dict__.update(members)

      module('pendulum', datetime=lambda *day, tz: day)
      module('airflow')
      module('airflow.sdk', DAG=DAG)
      module('airflow.exceptions', AirflowFailException=AirflowFailException,
             AirflowSkipException=AirflowSkipException)
      module('airflow.timetables')
      module('airflow.timetables.interval',
             CronDataIntervalTimetable=lambda cron, timezone: (cron, timezone))
      for name in ('providers', 'providers.standard', 'providers.standard.operators'):
          module('airflow.' + name)
      module('airflow.providers.standard.operators.bash', BashOperator=BashOperator)

      exec(compile(open(sys.argv[1]).read(), sys.argv[1], 'exec'))

      operator = made.pop('operator')
      made['ends'] = {}
      for code in range(8):
          operator.ended = code
          try:
              operator.execute({})
              made['ends'][code] = 'done'
          except AirflowFailException:
              made['ends'][code] = 'failed'
          except AirflowException:
              made['ends'][code] = 'retried'
      print(json.dumps(made))
      """;

  @TempDir Path folder;

  @Test
  void airflowRunsTheDayThatItsIntervalBeginsAndRetriesWhatThatCures() throws Exception {
    assumeTrue(isThere("python3"), "No python3 to read the DAG with");
    Path stand = Files.writeString(folder.resolve("airflow.py"), AIRFLOW);
    Path dag = SCHEDULES.resolve("airflow_dag.py");
    assertEquals("", output("python3", "-c", compile(dag)));

    JsonNode made = JSON.readTree(output("python3", stand.toString(), dag.toString()));

    String command = made.path("command").asText();
    String day =
        "\\{\\{ data_interval_start\\.in_timezone\\('Europe/London'\\)\\.to_date_string\\(\\) }}";
    assertTrue(Pattern.compile("--as-of " + day).matcher(command).find(), command);
    assertNight(command.replaceAll(day, "2026-03-01"), "2026-03-01");
    assertEquals("30 2 * * *", made.path("cron").asText());
    assertEquals("Europe/London", made.path("zone").asText());
    assertEquals(1, made.path("runs").asInt());
    for (ExitCode exitCode : ExitCode.values()) {
      String expected = FOR_A_PERSON.contains(exitCode.number()) ? "failed" : "retried";
      assertEquals(
          exitCode == ExitCode.PUBLISHED ? "done" : expected,
          made.path("ends").path("" + exitCode.number()).asText(),
          exitCode.name());
    }
  }

  @Test
  void dolphinSchedulerRunsTheBusinessDateAndWaitsForALock() throws Exception {
    JsonNode definition = yaml("dolphinscheduler.yaml");
    JsonNode workflow = definition.path("workflow");
    JsonNode task = definition.path("tasks").path(0);

    assertEquals(
        Set.of(
            "name",
            "description",
            "schedule",
            "start_time",
            "timezone",
            "execution_type",
            "release_state"),
        names(workflow));
    assertEquals("SERIAL_WAIT", workflow.path("execution_type").asText());
    assertEquals("Shell", task.path("task_type").asText());
    String command = task.path("command").asText().replace("${system.biz.date}", "20260301");
    assertNight(command.lines().findFirst().orElseThrow().replace("until ", ""), "20260301");
    assertFalse(command.contains("${"), command);

    assertEquals(0, end(command, 5, 6, 0));
    for (int exitCode : List.of(1, 2, 3, 4, 7)) {
      assertEquals(exitCode, end(command, exitCode));
    }
  }

  @Test
  void theSparkOperatorForbidsOverlapsAndKnowsTheTimeZone() throws Exception {
    JsonNode schedule = yaml("kubernetes.yaml");
    JsonNode spec = schedule.path("spec");
    JsonNode template = spec.path("template");

    assertEquals("sparkoperator.k8s.io/v1beta2", schedule.path("apiVersion").asText());
    assertEquals("ScheduledSparkApplication", schedule.path("kind").asText());
    assertEquals(
        Set.of(
            "schedule",
            "timeZone",
            "concurrencyPolicy",
            "successfulRunHistoryLimit",
            "failedRunHistoryLimit",
            "template"),
        names(spec));
    assertTrue(OF_APPLICATION.containsAll(names(template)), template::toString);
    assertTrue(OF_POD.containsAll(names(template.path("driver"))), template::toString);
    assertTrue(OF_POD.containsAll(names(template.path("executor"))), template::toString);
    assertEquals("Forbid", spec.path("concurrencyPolicy").asText());
    assertEquals("Europe/London", spec.path("timeZone").asText());
    assertEquals(Main.class.getName(), template.path("mainClass").asText());
    assertEquals("Never", template.path("restartPolicy").path("type").asText());
    List<String> arguments = new ArrayList<>();
    template.path("arguments").forEach(argument -> arguments.add(argument.asText()));
    ParseResult read = TypedCommands.read(arguments);
    assertEquals("run", read.commandSpec().name());
    assertTrue(read.hasMatchedOption("--config"));
    assertTrue(
        template
            .path("driver")
            .path("javaOptions")
            .asText()
            .endsWith(file("log4j2-json.properties").replaceFirst("^conf", "/opt/karat/conf")));
  }

  @Test
  void systemdTriesAgainWhatAnotherTryCanCure() throws Exception {
    String service = Files.readString(SCHEDULES.resolve("karat.service"));
    String timer = Files.readString(SCHEDULES.resolve("karat.timer"));

    assertNight(value(service, "ExecStart"), "");
    assertEquals("on-failure", value(service, "Restart"));
    assertEquals(
        new TreeSet<>(FOR_A_PERSON),
        new TreeSet<>(
            Arrays.stream(value(service, "RestartPreventExitStatus").split(" "))
                .map(Integer::valueOf)
                .toList()));
    assertEquals("*-*-* 02:30:00 Europe/London", value(timer, "OnCalendar"));
    assertEquals("true", value(timer, "Persistent"));

    assumeTrue(isThere("systemd-analyze"), "No systemd-analyze to verify the units with");
    Path installed =
        Files.writeString(
            folder.resolve("karat.service"),
            service.replace(PROGRAM, Path.of("scripts/karat").toAbsolutePath().toString()));
    Path started = Files.writeString(folder.resolve("karat.timer"), timer);
    assertEquals("", output("systemd-analyze", "verify", "" + installed, "" + started));
  }

  @Test
  void cronRunsTheNightInTheZoneOfTheBusiness() throws Exception {
    List<String> lines =
        Files.readAllLines(SCHEDULES.resolve("crontab")).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();

    assertEquals("CRON_TZ=Europe/London", lines.get(0));
    assertEquals(2, lines.size());
    assertFalse(lines.get(1).contains("%"), "cron takes % for the end of the command");
    MatchResult entry =
        Pattern.compile("30 2 \\* \\* \\* karat (.*) >> \\S+ 2>&1")
            .matcher(lines.get(1))
            .results()
            .findFirst()
            .orElseThrow();
    assertNight(entry.group(1), "");
  }

  @Test
  void everyScheduleIsExplained() throws IOException {
    String operations = Files.readString(Path.of("docs/operations.md"));
    for (String name : SCHEDULES.toFile().list()) {
      assertTrue(operations.contains("conf/schedule/" + name), name);
    }
  }

  /** Parses a command line as Karat does, and expects a night, of this day if given. */
  private static void assertNight(String line, String asOf) {
    List<String> words = TypedCommands.words(line);
    assertEquals(PROGRAM, words.get(0), line);
    ParseResult read = TypedCommands.read(words.subList(1, words.size()));
    assertEquals("run", read.commandSpec().name(), line);
    assertEquals("/etc/karat/karat.yaml", read.matchedOptionValue("--config", ""), line);
    assertEquals(List.of("json"), read.matchedOption("--log-format").stringValues(), line);
    assertEquals(!asOf.isEmpty(), read.hasMatchedOption("--as-of"), line);
    assertTrue(line.contains(asOf), line);
  }

  /** The exit code of a shell command if Karat ends with these codes, one try after the other. */
  private int end(String command, int... codes) throws Exception {
    Path tries = folder.resolve("tries");
    Files.write(tries, Arrays.stream(codes).mapToObj(Integer::toString).toList());
    String script =
        """
        sleep() { :; }
        karat() { local code; code=$(head -n 1 "$tries"); sed -i 1d "$tries"; return "$code"; }
        tries='%s'
        """
            .formatted(tries);
    Process bash =
        new ProcessBuilder("bash", "-c", script + command.replace(PROGRAM, "karat")).start();
    return bash.waitFor();
  }

  private static String compile(Path file) {
    return "compile(open('%s').read(), 'dag', 'exec')".formatted(file);
  }

  private static String value(String unit, String key) {
    return Pattern.compile("(?m)^" + key + "=(.*)$")
        .matcher(unit)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static String file(String name) {
    Path file = Path.of("conf").resolve(name);
    assertTrue(Files.exists(file), file::toString);
    return file.toString();
  }

  private static JsonNode yaml(String name) throws IOException {
    Object read = new Yaml().load(Files.readString(SCHEDULES.resolve(name)));
    return JSON.valueToTree(read);
  }

  private static Set<String> names(JsonNode mapping) {
    Set<String> names = new TreeSet<>();
    mapping.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean isThere(String program) throws Exception {
    return new ProcessBuilder("bash", "-c", "command -v " + program).start().waitFor() == 0;
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
