package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.Progress;
import java.util.Map;
import java.util.PrimitiveIterator.OfLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StageProgressTest {
  private static final String ERASED = "\r\u001b[2K";

  @Test
  void aPipeGetsPlainLines() {
    Transcript pipe = new Transcript(false);

    twoStages(pipe, false);

    assertEquals(
        """
        reading transactions …
        reading transactions: 12,345 rows, 1.5 s
        publishing …
        publishing: 1 min 01 s
        """,
        pipe.remarks());
    assertEquals("", pipe.results());
  }

  @Test
  void aTerminalGetsOneLinePerStage() {
    Transcript terminal = new Transcript(true);

    twoStages(terminal, true);

    assertEquals(
        "reading transactions …"
            + ERASED
            + "reading transactions                         12,345 rows       1.5 s\n"
            + "publishing …"
            + ERASED
            + "publishing                                                1 min 01 s\n",
        terminal.remarks());
  }

  @Test
  void aComplaintLeavesTheStageThatItBrokeInSight() {
    Transcript terminal = new Transcript(true);
    progress(terminal, true, LongStream.of(0, 0)).stage("publishing");

    terminal.console().note("Output 'out' is full.");

    assertEquals("publishing …\nOutput 'out' is full.\n", terminal.remarks());
  }

  @Test
  void linesAreRewrittenOnlyOnATerminalThatCan() {
    assertTrue(Console.isTerminal("true", Map.of("TERM", "xterm")));
    assertTrue(Console.isTerminal("true", Map.of("NO_COLOR", "")));
    assertFalse(Console.isTerminal("false", Map.of("TERM", "xterm")));
    assertFalse(Console.isTerminal("true", Map.of("TERM", "dumb")));
    assertFalse(Console.isTerminal("true", Map.of("NO_COLOR", "1")));
  }

  @Test
  void silenceTellsNobody() {
    Progress silent = Progress.silent();

    silent.stage("reading");
    silent.done("reading", 3);
    silent.done("reading");
  }

  private static void twoStages(Transcript transcript, boolean isTerminal) {
    Progress progress =
        progress(
            transcript,
            isTerminal,
            LongStream.of(0, 0, 1_540_000_000L, 2_000_000_000L, 63_000_000_000L));
    progress.stage("reading transactions");
    progress.done("reading transactions", 12345);
    progress.stage("publishing");
    progress.done("publishing");
  }

  private static Progress progress(Transcript transcript, boolean isTerminal, LongStream times) {
    OfLong clock = times.iterator();
    return new StageProgress(transcript.console(), isTerminal, clock::nextLong);
  }
}
