package io.karat.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** A step for each of several inputs that says what is wrong with all of them, not the first. */
public final class InputErrors {
  private InputErrors() {}

  /**
   * Takes a step for each.
   *
   * @return what it gave, in their order
   * @throws InputException with every problem on a line of its own, where there are several
   */
  public static <I, O> List<O> of(Collection<I> inputs, Function<I, O> step) {
    List<O> results = new ArrayList<>();
    List<InputException> problems = new ArrayList<>();
    for (I input : inputs) {
      try {
        results.add(step.apply(input));
      } catch (InputException problem) {
        problems.add(problem);
      }
    }
    if (problems.isEmpty()) {
      return results;
    }

    if (problems.size() == 1) {
      throw problems.get(0);
    }

    StringBuilder message =
        new StringBuilder("%d inputs cannot be used:".formatted(problems.size()));
    problems.forEach(problem -> message.append('\n').append(problem.getMessage()));
    throw new InputException(message.toString(), problems.get(0));
  }
}
