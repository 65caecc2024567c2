package io.karat.scores;

import io.karat.expressions.ColumnCondition;
import io.karat.expressions.RowExpression;
import io.karat.settings.LabelSettings;
import io.karat.settings.LabelSettings.Rule;
import io.karat.settings.yaml.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A check that a label's rules can hold and that each can still be reached after those before it,
 * by trial values. It covers conditions on a single column; the last rule has no condition and
 * needs no check.
 *
 * @param codes the known codes of columns
 */
record RuleReach(Map<String, Set<String>> codes, Problems problems) {
  /** Reports rules that never hold, that always hold, and that are never reached. */
  void check(LabelSettings label) {
    List<Judged> before = new ArrayList<>();
    for (Rule rule : label.rules()) {
      Optional<Judged> judged =
          rule.when()
              .flatMap(when -> RowExpression.find(when.sql()))
              .flatMap(RowExpression::asColumnCondition)
              .filter(this::isOfKnownCodes)
              .map(condition -> new Judged(rule, condition));
      judged.ifPresent(
          it -> {
            check(it, before);
            before.add(it);
          });
    }
  }

  /** Whether all codes are known; an unknown code is reported where it is looked up. */
  private boolean isOfKnownCodes(ColumnCondition condition) {
    Set<String> known = codes.getOrDefault(condition.column(), Set.of());
    return known.isEmpty() || known.containsAll(condition.literals());
  }

  private void check(Judged rule, List<Judged> all) {
    List<Judged> before =
        all.stream()
            .filter(it -> it.condition().column().equals(rule.condition().column()))
            .toList();
    List<Optional<Object>> values = values(rule, before);
    List<Optional<Object>> holding = values.stream().filter(rule.condition()::holds).toList();
    if (holding.isEmpty()) {
      note(rule, "'%s' never holds. Correct or remove it.");
    } else if (holding.size() == values.size()) {
      note(rule, "'%s' always holds, so later rules are never reached. Narrow it or remove it.");
    } else if (holding.stream().allMatch(value -> isTaken(value, before))) {
      Set<String> takers = new LinkedHashSet<>();
      before.stream()
          .filter(it -> holding.stream().anyMatch(it.condition()::holds))
          .forEach(it -> takers.add(it.rule().then()));
      note(
          rule,
          "'%s' is never reached: wherever it holds, "
              + String.join(" or ", takers)
              + " before it does. Move it up or remove it.");
    }
  }

  private static boolean isTaken(Optional<Object> value, List<Judged> before) {
    return before.stream().anyMatch(it -> it.condition().holds(value));
  }

  private List<Optional<Object>> values(Judged rule, List<Judged> before) {
    Set<String> known = codes.getOrDefault(rule.condition().column(), Set.of());
    if (!known.isEmpty()) {
      List<Optional<Object>> values = new ArrayList<>(List.of(Optional.empty()));
      known.forEach(code -> values.add(Optional.of(code)));
      return values;
    }

    Set<Object> literals = new LinkedHashSet<>(rule.condition().literals());
    before.forEach(it -> literals.addAll(it.condition().literals()));
    return ColumnCondition.representatives(literals);
  }

  private void note(Judged rule, String message) {
    problems.add(rule.rule().at(), message.formatted(rule.rule().at().key() + ".when"));
  }

  private record Judged(Rule rule, ColumnCondition condition) {}
}
