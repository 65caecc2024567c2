package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.ExitCode;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.package$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KaratTest {
  private final Transcript transcript = new Transcript(false);

  @Test
  void aCommandTakesItsOwnAndTheGlobalOptions() {
    ExitCode exitCode =
        type("greet", "--customer", "ann", "--set", "a.b=c", "--set=d= x=y ", "--verbose");

    assertEquals("Good evening, ann\na.b: c\nd: x=y\n", transcript.results());
    assertEquals(ExitCode.WARNED, exitCode);
  }

  @Test
  void globalOptionsMayComeBeforeTheCommand() {
    type("--set", "a=1", "greet", "--customer", "ann", "--set", "a=2");

    assertEquals("Good evening, ann\na: 2\n", transcript.results());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --verbose                     | There is no command after 'karat': expected one of greet, help, version. See 'karat --help'.
          gret --customer ann           | Unknown command 'karat gret'. Did you mean 'greet'?
          publish                       | Unknown command 'karat publish'. Expected one of greet, help, version.
          help publish                  | Unknown command 'karat publish'. Expected one of greet, help, version.
          greet                         | 'karat greet' needs --customer NAME. See 'karat greet --help'.
          greet --custmer=ann           | Unknown option '--custmer' of 'karat greet'. Did you mean '--customer'?
          greet --customer ann --loud   | Unknown option '--loud' of 'karat greet'. See 'karat greet --help'.
          greet --customer ann bob      | Unexpected argument 'bob' of 'karat greet'. See 'karat greet --help'.
          greet --customer ann --times x| --times 'x' is not a whole number. See 'karat greet --help'.
          version --set colour          | --set 'colour' is not a setting: expected key=value, such as output.path=out.
          version --log-format xml      | --log-format 'xml' is not a format, expected text or json. See 'karat version --help'.
          version --set =blue           | --set '=blue' is not a setting: expected key=value, such as output.path=out.
          """)
  void aLineThatCannotBeUnderstoodEndsWith2(String typed, String complaint) {
    ExitCode exitCode = type(Stream.of(typed.split(" ")).filter(word -> !word.isEmpty()));

    assertEquals(complaint + "\n", transcript.remarks());
    assertEquals(ExitCode.USAGE, exitCode);
    assertEquals("", transcript.results());
  }

  @Test
  void helpNamesEveryCommand() {
    assertEquals(ExitCode.PUBLISHED, type(Stream.empty()));
    String help = transcript.results();
    assertEquals(ExitCode.PUBLISHED, type("--help"));

    assertEquals(help + help, transcript.results());
    assertTrue(transcript.results().contains("greet    Greets a customer."), transcript::results);
  }

  @ParameterizedTest
  @CsvSource({"help greet", "greet --help", "greet -h"})
  void helpOfACommandHasOptionsAndAnExample(String typed) {
    assertEquals(ExitCode.PUBLISHED, type(Stream.of(typed.split(" "))));

    assertEquals(
        """
        Usage: karat greet [-h] [--verbose] --customer=NAME [--log-format=FORMAT] [--times=N]
                           [--set=KEY=VALUE]...
        Greets a customer.
              --customer=NAME       Whom to greet.
          -h, --help                Shows this help.
              --log-format=FORMAT   The format of progress, warnings and errors: text, or json with one
                                      object per line. By default that of KARAT_LOG_FORMAT, else text.
              --set=KEY=VALUE       Overrides one value of the configuration; may be given several times.
              --times=N             How often.
              --verbose             Shows Spark's own log as well.

        Example:
          karat greet --customer ann
        """,
        transcript.results());
  }

  @ParameterizedTest
  @CsvSource({"version", "--version", "-V"})
  void theVersionNamesKaratSparkAndJava(String typed) {
    assertEquals(ExitCode.PUBLISHED, type(typed));

    assertEquals(
        "karat unpackaged (Spark %s, Java %s)\n"
            .formatted(package$.MODULE$.SPARK_VERSION(), System.getProperty("java.version")),
        transcript.results());
  }

  private ExitCode type(Stream<String> words) {
    return type(words.toArray(String[]::new));
  }

  private ExitCode type(String... arguments) {
    return transcript.type(
        List.of(new HelpCommand(), new VersionCommand(), new GreetCommand()), arguments);
  }
}
