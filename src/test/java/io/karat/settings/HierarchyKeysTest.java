package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.HierarchySettings.Level;
import io.karat.settings.HierarchySettings.OnCycle;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the keys under {@code hierarchy}. */
class HierarchyKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "hierarchy: false\n"})
  void noGroupsAreFollowedUnlessTheyAreAskedFor(String yaml) {
    Settings settings = Configurations.read(Configurations.LEAST + yaml);

    assertEquals(Optional.empty(), settings.hierarchy());
    assertEquals(Configurations.read(Configurations.LEAST).canonical(), settings.canonical());
  }

  @Test
  void everyKeyHasADefault() {
    HierarchySettings hierarchy =
        Configurations.read(Configurations.LEAST + "hierarchy: {}\n").hierarchy().orElseThrow();

    assertEquals("parent_customer_id", hierarchy.by());
    assertEquals(10, hierarchy.levels());
    assertEquals(OnCycle.REFUSE, hierarchy.onCycle());
    assertEquals(Level.ACCOUNT, hierarchy.level());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{level: firm}  | 'hierarchy.level' is 'firm', expected account, group or both.",
        "{levels: 1}    | 'hierarchy.levels' is '1', expected a whole number from 2 to 100.",
        "{on_cycle: go} | 'hierarchy.on_cycle' is 'go', expected refuse or cut.",
      })
  void mistakesAreReported(String written, String problem) {
    assertEquals(
        List.of("karat.yaml:8: " + problem),
        Configurations.problemsOf("hierarchy: " + written + "\n"));
  }
}
