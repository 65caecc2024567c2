package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> COMMANDS = List.of("run", "rollback", "report", "status");

  @Test
  void findsTheWordThatWasProbablyMeant() {
    assertEquals(Optional.of("rollback"), Nearest.to("rolback", COMMANDS));
    assertEquals(Optional.of("status"), Nearest.to("stauts", COMMANDS));
    assertEquals(Optional.of("run"), Nearest.to("rum", COMMANDS));
    assertEquals(Optional.empty(), Nearest.to("publish", COMMANDS));
  }

  @Test
  void countsALetterSwappedWithItsNeighbourOnce() {
    assertEquals(1, Nearest.distance("stauts", "status"));
    assertEquals(1, Nearest.distance("rns", "run" + "s"));
    assertEquals(3, Nearest.distance("", "run"));
  }
}
