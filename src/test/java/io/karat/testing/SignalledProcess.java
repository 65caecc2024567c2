package io.karat.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Command line of a process that takes signals even where those who started the tests do not. */
public final class SignalledProcess {
  private static final List<String> ENV = List.of("env", "--default-signal=HUP,INT");

  private SignalledProcess() {}

  /** The command, begun with what restores its signals if this system has it. */
  public static List<String> of(List<String> command) throws IOException, InterruptedException {
    List<String> tried = new ArrayList<>(ENV);
    tried.add("true");
    List<String> whole = new ArrayList<>();
    if (new ProcessBuilder(tried).redirectErrorStream(true).start().waitFor() == 0) {
      whole.addAll(ENV);
    }
    whole.addAll(command);
    return whole;
  }
}
