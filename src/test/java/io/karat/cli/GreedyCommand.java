package io.karat.cli;

import io.karat.run.ExitCode;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Command that takes more memory than there is, in a process of its own. */
@picocli.CommandLine.Command(name = "take")
public final class GreedyCommand implements Command {
  private static final int GIGABYTE = 1 << 30;

  @Parameters private Place place = Place.COMMAND;

  /** Place where the memory is asked for. */
  enum Place {
    COMMAND,
    THREAD,
    TASK
  }

  /** Replaces {@link Main}, with this command only. */
  public static void main(String[] arguments) {
    Main.start(new Karat(List.of(new GreedyCommand())), arguments);
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    switch (place) {
      case COMMAND -> take(console);
      case THREAD -> takeInAThread(console);
      case TASK -> takeInATask(options, console);
    }
    return ExitCode.PUBLISHED;
  }

  private static void take(Console console) {
    console.print("took " + new byte[GIGABYTE].length);
  }

  /** Waits for a thread that ends without its work, as commands wait for one of Spark. */
  private static void takeInAThread(Console console) {
    Thread thread = new Thread(() -> take(console));
    thread.start();
    try {
      thread.join();
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void takeInATask(GlobalOptions options, Console console) {
    try (CommandSession session = CommandSession.open("take", ZoneOffset.UTC, options)) {
      console.print(
          "took "
              + session
                  .spark()
                  .range(1)
                  .selectExpr("max(length(repeat('x', int(id) + %d)))".formatted(GIGABYTE))
                  .first()
                  .get(0));
    }
  }
}
