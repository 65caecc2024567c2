package io.karat.cli;

import io.karat.night.NightResult;
import io.karat.run.ExitCode;
import io.karat.run.Progress;

/** Log of a command on the standard error, beside its results. */
interface ConsoleLog {
  /** Logs a note. */
  void note(String text);

  /** Logs a warning; the command goes on. */
  void warn(String text);

  /** Logs the reason why a command ends early. */
  void fail(String text, ExitCode exitCode);

  /** Logs an unexpected failure, with its stack trace. */
  void crash(String text, String trace);

  /** Logs that a night is published or unchanged. */
  void night(NightResult night);

  /** Logs the end of the command. */
  void end(ExitCode exitCode);

  /** Prepares for a result, which may go to the same terminal. */
  void makeWay();

  /** A listener that logs a command's stages. */
  Progress progress();
}
