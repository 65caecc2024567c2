package io.karat.cli;

import io.karat.night.NightResult;
import io.karat.run.ExitCode;
import io.karat.run.Progress;

/** What a command says beside its results, on the standard error. */
interface ConsoleLog {
  /** Says something that is good to know. */
  void note(String text);

  /** Says that something is doubtful; what was asked for is done all the same. */
  void warn(String text);

  /** Says why a command ends before it is done. */
  void fail(String text, ExitCode exitCode);

  /** The same of a failure that nobody foresaw, with its trace. */
  void crash(String text, Throwable failure);

  /** Says that a night is published, or was before. */
  void night(NightResult night);

  /** Says that the command has ended. */
  void end(ExitCode exitCode);

  /** Called before a result is written, which may go to the same screen. */
  void makeWay();

  /** Listens to a command's stages. */
  Progress progress();
}
