package io.karat.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** A step over several inputs that collects the problems of all of them before it fails. */
public final class InputErrors {
  private InputErrors() {}

  /**
   * Applies the step to each input.
   *
   * @return the results, in the order of the inputs
   * @throws InputException with every problem on a line of its own, if there are several
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

    List<String> lines = new ArrayList<>();
    lines.add("%d inputs cannot be used:".formatted(problems.size()));
    problems.forEach(problem -> lines.add(String.valueOf(problem.getMessage())));
    InputException all = new InputException(lines);
    problems.forEach(all::addSuppressed);
    throw all;
  }
}
