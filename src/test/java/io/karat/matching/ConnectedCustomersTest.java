package io.karat.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Customers that pairs connect. */
class ConnectedCustomersTest {
  @Test
  void whoeverIsConnectedByAnyWayIsInOneClusterUnderTheLeastId() {
    ConnectedCustomers connected = new ConnectedCustomers();
    connected.connect("dan", "cid");
    connected.connect("eve", "fay");
    connected.connect("bob", "dan");
    connected.connect("gus", "gus");

    assertEquals(
        Map.of("bob", Set.of("bob", "cid", "dan"), "eve", Set.of("eve", "fay")),
        connected.clusters());
    assertTrue(connected.areConnected("cid", "bob"));
    assertFalse(connected.areConnected("cid", "eve"));
    assertFalse(connected.areConnected("cid", "ann"));
  }

  @Test
  void theOrderOfPairsChangesNothing() {
    List<Integer> links = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      links.add(i);
    }
    Collections.shuffle(links, new Random(7));
    ConnectedCustomers connected = new ConnectedCustomers();
    links.forEach(i -> connected.connect("c%04d".formatted(i), "c%04d".formatted(i + 1)));

    assertEquals("c0000", connected.clusters().firstKey());
    assertEquals(List.of(1_001), connected.clusters().values().stream().map(Set::size).toList());
  }
}
