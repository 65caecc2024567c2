package io.karat.settings.yaml;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private final Problems problems = new Problems();

  @Test
  void noProblemsThrowNothing() {
    assertDoesNotThrow(problems::throwIfAny);
  }

  @Test
  void oneProblemStandsAlone() {
    problems.add(new Location("karat.yaml:3", "name"), "'name' is empty, expected text.");

    assertEquals("karat.yaml:3: 'name' is empty, expected text.", thrown());
  }

  @Test
  void severalProblemsAreCountedAndSortedByPositionWithTheCommandLineLast() {
    problems.add(new Location("--set path=C:1", "path"), "a");
    problems.add(new Location("karat.yaml:10", "c"), "b");
    problems.add(new Location("karat.yaml:9", "d"), "c");

    assertEquals(
        """
        Configuration has 3 problems:
        karat.yaml:9: c
        karat.yaml:10: b
        --set path=C:1: a""",
        thrown());
  }

  @Test
  void theSameProblemCountsOnce() {
    problems.add(new Location("karat.yaml:3", "name"), "a");
    problems.add(new Location("karat.yaml:3", "name"), "a");

    assertEquals("karat.yaml:3: a", thrown());
  }

  private String thrown() {
    return String.valueOf(assertThrows(UsageException.class, problems::throwIfAny).getMessage());
  }
}
