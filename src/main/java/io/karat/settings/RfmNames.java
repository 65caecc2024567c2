package io.karat.settings;

import io.karat.settings.Rfm.Axis;
import io.karat.settings.Rfm.Name;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * Validation that every RFM code has a name and every name a code, by enumerating all codes.
 *
 * @param at the place of the names
 */
record RfmNames(Rfm rfm, Location at) {
  /** Reports bins that do not exist, codes without a name, and names that are never reached. */
  void check(Problems problems) {
    if (!checkBins(problems)) {
      return;
    }

    Map<Name, Set<String>> takenBefore = new LinkedHashMap<>();
    Set<Name> reached = new LinkedHashSet<>();
    rfm.names().forEach(name -> takenBefore.put(name, new LinkedHashSet<>()));
    List<String> nameless = new ArrayList<>();
    for (int recency = 1; recency <= rfm.recency().bins(); recency++) {
      for (int frequency = 1; frequency <= rfm.frequency().bins(); frequency++) {
        for (int monetary = 1; monetary <= rfm.monetary().bins(); monetary++) {
          List<Name> covering = covering(recency, frequency, monetary);
          if (covering.isEmpty()) {
            nameless.add("R%d F%d M%d".formatted(recency, frequency, monetary));
          } else {
            Name first = covering.get(0);
            reached.add(first);
            covering.stream()
                .skip(1)
                .forEach(later -> takenBefore.getOrDefault(later, Set.of()).add(first.name()));
          }
        }
      }
    }

    noteNameless(nameless, problems);
    rfm.names().stream()
        .filter(name -> !reached.contains(name))
        .forEach(
            name ->
                problems.add(
                    name.at(),
                    "'%s' is never reached: %s before it takes all codes of %s. Move it up or remove it."
                        .formatted(
                            name.at().key(),
                            String.join(", ", takenBefore.getOrDefault(name, Set.of())),
                            name.name())));
  }

  private List<Name> covering(int recency, int frequency, int monetary) {
    return rfm.names().stream().filter(name -> name.covers(recency, frequency, monetary)).toList();
  }

  private void noteNameless(List<String> codes, Problems problems) {
    if (!codes.isEmpty()) {
      problems.add(
          at,
          "'%s' has no name for %s%s. Add one, or {name: OTHERS} at the end."
              .formatted(
                  at.key(),
                  codes.get(0),
                  codes.size() == 1 ? "" : " and %d more codes".formatted(codes.size() - 1)));
    }
  }

  private boolean checkBins(Problems problems) {
    boolean areThere = true;
    for (Name name : rfm.names()) {
      areThere &= checkBins(name, "recency", name.recency(), rfm.recency(), problems);
      areThere &= checkBins(name, "frequency", name.frequency(), rfm.frequency(), problems);
      areThere &= checkBins(name, "monetary", name.monetary(), rfm.monetary(), problems);
    }
    return areThere;
  }

  private static boolean checkBins(
      Name name, String key, SortedSet<Integer> named, Axis axis, Problems problems) {
    if (named.isEmpty() || named.last() <= axis.bins()) {
      return true;
    }

    if (name.at().isDefault()) {
      problems.add(
          axis.at(),
          "'%s' has %d bins, but the default names are for 5. Write 'rfm.names' too."
              .formatted(axis.at().key(), axis.bins()));
    } else {
      problems.add(
          name.at(),
          "'%s' has bin %d, but there are only %d. Use 1 to %d."
              .formatted(name.at().child(key).key(), named.last(), axis.bins(), axis.bins()));
    }
    return false;
  }
}
