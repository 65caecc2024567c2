package io.karat.cli;

import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import io.karat.testing.OutputFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Parameters;

/** Command that holds the lock of an output folder for a minute, in a process of its own. */
@picocli.CommandLine.Command(name = "hold")
public final class HoldCommand implements Command {
  private static final long MINUTE = 60_000;

  @Parameters private Path folder = Path.of("");

  /** Replaces {@link Main}, with this command only. */
  public static void main(String[] arguments) {
    Main.start(new Karat(List.of(new HoldCommand())), arguments);
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    try (RunLock lock =
        OutputFolders.open(folder, new Configuration(), InstantSource.system()).lock("a night")) {
      console.print("holding: " + lock.stillHeld());
      Thread.sleep(MINUTE);
      return ExitCode.PUBLISHED;
    } catch (IOException unexpected) {
      throw new UncheckedIOException(unexpected);
    } catch (InterruptedException stopped) {
      return ExitCode.UNEXPECTED;
    }
  }
}
