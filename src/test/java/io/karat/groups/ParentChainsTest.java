package io.karat.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.groups.ParentChains.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of chains of parents. */
class ParentChainsTest {
  @Test
  void everyChainEndsAtTheTopmostCustomer() {
    ParentChains chains = ParentChains.of(Map.of("b", "a", "c", "b", "d", "b", "y", "x"));

    assertEquals(
        Map.of(
            "b", new Place("a", 2),
            "c", new Place("a", 3),
            "d", new Place("a", 3),
            "y", new Place("x", 2)),
        chains.places());
    assertEquals(3, chains.deepest());
    assertEquals(0, chains.circling());
  }

  @Test
  void withoutParentsThereIsOneLevel() {
    assertEquals(new ParentChains(Map.of(), 0, 1), ParentChains.of(Map.of()));
  }

  /** c, a, b and c again; d belongs to b. The circle is cut at a, which has b below it. */
  @Test
  void aCircleIsCutAtItsLeastId() {
    ParentChains chains = ParentChains.of(Map.of("c", "a", "a", "b", "b", "c", "d", "b"));

    assertEquals(3, chains.circling());
    assertEquals(
        Map.of(
            "a", new Place("a", 1),
            "c", new Place("a", 2),
            "b", new Place("a", 3),
            "d", new Place("a", 4)),
        chains.places());
  }

  @Test
  void twoCirclesAreCutEachByItself() {
    ParentChains chains = ParentChains.of(Map.of("a", "b", "b", "a", "x", "y", "y", "x"));

    assertEquals(4, chains.circling());
    assertEquals(new Place("a", 2), chains.places().get("b"));
    assertEquals(new Place("x", 2), chains.places().get("y"));
  }

  @Test
  void aLongChainIsFollowed() {
    Map<String, String> parents = new LinkedHashMap<>();
    IntStream.range(1, 100_000)
        .forEach(number -> parents.put("c%06d".formatted(number), "c%06d".formatted(number - 1)));
    ParentChains chains = ParentChains.of(parents);

    assertEquals(100_000, chains.deepest());
    assertEquals(new Place("c000000", 11), chains.places().get("c000010"));
  }
}
