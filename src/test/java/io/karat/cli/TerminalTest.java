package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.run.ExitCode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          results, remarks | TERM=xterm            | rewritten, coloured results, coloured remarks
          remarks          | TERM=xterm            | rewritten, coloured remarks
          results          | TERM=xterm            | coloured results
          ''               | TERM=xterm            | ''
          results, remarks | TERM=xterm NO_COLOR=1 | rewritten
          results, remarks | TERM=xterm NO_COLOR=  | rewritten, coloured results, coloured remarks
          results, remarks | TERM=dumb             | ''
          """)
  void coloursAreForTerminalsThatHaveThem(String terminals, String environment, String expected) {
    Properties properties = new Properties();
    properties.setProperty("karat.terminal", "" + terminals.contains("remarks"));
    properties.setProperty("karat.terminal.results", "" + terminals.contains("results"));
    Map<String, String> variables = new HashMap<>();
    Arrays.stream(environment.split(" "))
        .map(variable -> variable.split("=", 2))
        .forEach(variable -> variables.put(variable[0], variable[1]));

    assertEquals(
        new Terminal(
            expected.contains("rewritten"),
            expected.contains("coloured results"),
            expected.contains("coloured remarks")),
        Terminal.of(properties, variables));
  }

  @Test
  void aTerminalShowsWhatIsGoodAndWhatIsNot() {
    Transcript transcript = new Transcript(new Terminal(true, true, true));

    transcript.console().print(AnsiColor.GOOD, "Night 2026-03-01 is live.");
    transcript.console().warn("Warning, freshness.");
    transcript.console().fail("Refused.", ExitCode.REFUSED);

    assertEquals("\u001b[32mNight 2026-03-01 is live.\u001b[0m\n", transcript.results());
    assertEquals(
        "\u001b[33mWarning, freshness.\u001b[0m\n\u001b[31mRefused.\u001b[0m\n",
        transcript.remarks());
  }

  @Test
  void aPipeGetsNoColours() {
    Transcript transcript = new Transcript(Terminal.NONE);

    transcript.console().print(AnsiColor.GOOD, "Night 2026-03-01 is live.");
    transcript.console().warn("Warning, freshness.");

    assertEquals("Night 2026-03-01 is live.\n", transcript.results());
    assertEquals("Warning, freshness.\n", transcript.remarks());
  }
}
