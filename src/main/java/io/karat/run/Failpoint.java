package io.karat.run;

/**
 * A named place in the code at which a test stops a run, as a power cut would.
 *
 * <p>The system property {@code karat.failpoint} is {@code NAME}, {@code NAME:throw}, {@code
 * NAME:halt} or {@code NAME:sleep=MILLISECONDS}. While it is unset a failpoint does nothing.
 */
public final class Failpoint {
  /** The system property that chooses the place. */
  public static final String PROPERTY = "karat.failpoint";

  /** The exit code of a process that was halted. */
  public static final int HALTED = 137;

  private static final String SLEEP = "sleep=";

  private Failpoint() {}

  public static void reach(Enum<?> step) {
    reach(step.name());
  }

  public static void reach(String name) {
    String chosen = System.getProperty(PROPERTY, "");
    if (chosen.equals(name)) {
      act(name, "throw");
    } else if (chosen.startsWith(name + ":")) {
      act(name, chosen.substring(name.length() + 1));
    }
  }

  private static void act(String name, String action) {
    if (action.equals("throw")) {
      throw new IllegalStateException("Failpoint %s is reached".formatted(name));
    } else if (action.equals("halt")) {
      Runtime.getRuntime().halt(HALTED);
    } else if (action.matches(SLEEP + "\\d{1,9}")) {
      sleep(Long.parseLong(action.substring(SLEEP.length())));
    } else {
      throw new UsageException(
          "%s has action '%s': expected throw, halt or sleep=MILLISECONDS."
              .formatted(PROPERTY, action));
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
