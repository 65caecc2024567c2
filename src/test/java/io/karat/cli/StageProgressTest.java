package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.run.ExitCode;
import io.karat.run.Progress;
import io.karat.testing.SilentProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.PrimitiveIterator.OfLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StageProgressTest {
  private static final String ERASED = "\r\u001b[2K";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void aPipeGetsPlainLines() {
    twoStages(false);

    assertEquals(
        """
        reading transactions …
        reading transactions: 12,345 rows, 1.5 s, 8,016 rows/s
        publishing …
        publishing: 1 min 01 s
        """,
        shown());
  }

  @Test
  void aTerminalGetsOneLinePerStage() {
    twoStages(true);

    assertEquals(
        "reading transactions …"
            + ERASED
            + "reading transactions               12,345 rows        1.5 s        8,016 rows/s\n"
            + "publishing …"
            + ERASED
            + "publishing                                       1 min 01 s\n",
        shown());
  }

  /** Three seconds after the stage began, and again when it is over. */
  @Test
  void aStageOnATerminalMovesUntilItEnds() {
    OfLong clock = LongStream.of(0, 3_000_000_000L).iterator();
    TextConsoleLog remarks =
        new TextConsoleLog(
            new PrintStream(written, true, UTF_8),
            new Terminal(true, false, false),
            clock::nextLong);
    Progress progress = progress(remarks, true, LongStream.of(0, 0, 4_000_000_000L));
    progress.stage("publishing");
    remarks.renew();
    progress.done("publishing");
    remarks.renew();

    assertEquals(
        "publishing …"
            + ERASED
            + "publishing … 3.0 s"
            + ERASED
            + "publishing                                            4.0 s\n",
        shown());
  }

  @Test
  void aComplaintLeavesTheStageThatItBrokeInSight() {
    TextConsoleLog remarks = remarks(new Terminal(true, false, false));
    progress(remarks, true, LongStream.of(0, 0)).stage("publishing");

    remarks.fail("Output 'out' is full.", ExitCode.USAGE);

    assertEquals("publishing …\nOutput 'out' is full.\n", shown());
  }

  @Test
  void aStageWithoutRowsOrWithoutTimeHasNoRate() {
    Progress progress = progress(remarks(Terminal.NONE), false, LongStream.of(0, 0, 1_000, 0, 0));
    progress.stage("reading");
    progress.done("reading", 0);
    progress.stage("writing");
    progress.done("writing", 1);

    assertEquals("reading …\nreading: 0 rows, 0.0 s\nwriting …\nwriting: 1 row, 0.0 s\n", shown());
  }

  @Test
  void silenceTellsNobody() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream both = new PrintStream(written, true, UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      Progress silent = SilentProgress.INSTANCE;
      silent.stage("reading");
      silent.done("reading", 3);
      silent.done("reading");
    } finally {
      System.setOut(out);
      System.setErr(err);
    }

    assertEquals("", shown());
  }

  private void twoStages(boolean isTerminal) {
    Progress progress =
        progress(
            remarks(new Terminal(isTerminal, false, false)),
            isTerminal,
            LongStream.of(0, 0, 1_540_000_000L, 2_000_000_000L, 63_000_000_000L));
    progress.stage("reading transactions");
    progress.done("reading transactions", 12345);
    progress.stage("publishing");
    progress.done("publishing");
  }

  private TextConsoleLog remarks(Terminal screen) {
    return new TextConsoleLog(new PrintStream(written, true, UTF_8), screen);
  }

  private String shown() {
    return written.toString(UTF_8);
  }

  private static Progress progress(TextConsoleLog remarks, boolean isTerminal, LongStream times) {
    OfLong clock = times.iterator();
    return new StageProgress(remarks, isTerminal, clock::nextLong);
  }
}
