package io.karat.allocation;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.expressions.Spelling;
import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.scores.IndicatorUse;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.AllocationSettings;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import io.karat.tables.ColumnContract;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.NumericType;

/**
 * Resources that a night allocates, and the columns that it needs for them.
 *
 * @param columns the indicators among them
 */
public record AllocationPlan(List<Resource> resources, List<IndicatorColumn> columns) {
  /** The columns that rules of treatment may name beside those of customers. */
  static final List<String> OWN =
      List.of("effort_now", "effort_proposed", "effort_gap", "difficulty");

  public AllocationPlan {
    resources = List.copyOf(resources);
    columns = List.copyOf(columns);
  }

  /**
   * Resource with the levels whose customers share it.
   *
   * @param difficulty the label of that name, if one is configured
   * @param columns the columns of customers that it needs
   */
  public record Resource(
      AllocationSettings settings, State order, Optional<State> difficulty, List<String> columns) {
    public Resource {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Plans the allocation of a configuration, and reports what is wrong with it.
   *
   * @param values the columns of customer_value
   */
  public static AllocationPlan of(
      Settings settings,
      IndicatorPlan indicators,
      ScorePlan scores,
      List<ColumnContract> values,
      Problems problems) {
    Planning planning =
        new Planning(
            new IndicatorUse(settings, indicators, problems),
            new ValueTable(scores).states(),
            values,
            problems);
    List<Resource> resources = new ArrayList<>();
    settings.allocation().values().forEach(it -> planning.planned(it).ifPresent(resources::add));
    return new AllocationPlan(
        resources,
        resources.stream()
            .flatMap(resource -> resource.columns().stream())
            .distinct()
            .flatMap(name -> indicators.column(name).stream())
            .toList());
  }

  /** Planning of one resource after the other. */
  private record Planning(
      IndicatorUse use, List<State> states, List<ColumnContract> values, Problems problems) {
    Optional<Resource> planned(AllocationSettings resource) {
      Location at = resource.at();
      use.number(resource.effort().measure(), at.child("measure"), at.child("measure"), false);
      value(resource.worth().value(), at.child("value"));
      Optional<State> order = state(resource.order(), at.child("order"));
      order.ifPresent(state -> checkCodes(resource, state));
      checkBounds(resource);
      Optional<State> difficulty =
          resource.difficulty().flatMap(name -> state(name, at.child("difficulty")));
      Set<String> columns = new LinkedHashSet<>();
      columns.add(resource.effort().measure());
      columns.add(resource.worth().value());
      columns.add(resource.order());
      resource.difficulty().ifPresent(columns::add);
      resource.treatment().rules().stream()
          .flatMap(rule -> rule.when().stream())
          .forEach(when -> columns.addAll(words(when)));
      return order.map(it -> new Resource(resource, it, difficulty, List.copyOf(columns)));
    }

    private void value(String name, Location at) {
      Optional<ColumnContract> value = column(name);
      if (value.isEmpty()) {
        use.number(name, at, at, false);
      } else if (!(value.get().type() instanceof NumericType)) {
        problems.add(
            at,
            "'%s' is '%s', which is no number. Name a number of customer_indicators or customer_value."
                .formatted(at.key(), name));
      }
    }

    private Optional<ColumnContract> column(String name) {
      return values.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    private Optional<State> state(String name, Location at) {
      Optional<State> state = states.stream().filter(it -> it.column().equals(name)).findFirst();
      if (state.isEmpty()) {
        Set<String> known = names(states, State::column);
        problems.add(
            at,
            "'%s' is '%s', expected a class, tier or label: %s.%s"
                .formatted(at.key(), name, String.join(", ", known), Spelling.hint(name, known)));
      }
      return state;
    }

    /** Reports levels that the order does not have. */
    private void checkCodes(AllocationSettings resource, State order) {
      checkCodes("share", resource.shares().keySet(), resource, order);
      checkCodes("response", resource.response().keySet(), resource, order);
      checkCodes("least", resource.least().keySet(), resource, order);
    }

    private void checkCodes(
        String key, Set<String> codes, AllocationSettings resource, State order) {
      Set<String> known = new LinkedHashSet<>(order.codes());
      for (String code : codes) {
        if (!known.contains(code)) {
          Location at = resource.at().child(key).child(code);
          problems.add(
              at,
              "'%s' is no level of '%s', expected one of: %s.%s"
                  .formatted(
                      at.key(),
                      order.column(),
                      String.join(", ", known),
                      Spelling.hint(code, known)));
        }
      }
    }

    private void checkBounds(AllocationSettings resource) {
      resource
          .least()
          .forEach(
              (code, least) -> {
                if (resource.mostEach().filter(most -> most < least).isPresent()) {
                  Location at = resource.at().child("least").child(code);
                  problems.add(
                      at,
                      "'%s' is %,d, expected at most '%s', which is %,d. Lower it."
                          .formatted(
                              at.key(),
                              least,
                              resource.at().child("most_each").key(),
                              resource.mostEach().orElseThrow()));
                }
              });
    }

    /** The columns of customers that a rule names. */
    private List<String> words(Expression when) {
      try {
        List<String> words =
            RowExpression.parse(when.sql()).words().stream()
                .filter(word -> !OWN.contains(word))
                .toList();
        words.stream()
            .filter(word -> column(word).isEmpty())
            .forEach(word -> indicator(word, when.at()));
        return words;
      } catch (ExpressionException refused) {
        problems.add(when.at(), "'%s': %s.".formatted(when.at().key(), refused.getMessage()));
        return List.of();
      }
    }

    private void indicator(String word, Location at) {
      if (use.column(word).isPresent()) {
        use.lack(word, at, false);
        return;
      }
      Set<String> known = names(values, ColumnContract::name);
      known.addAll(OWN);
      known.addAll(use.names(word));
      use.refuse(word, at, "neither an indicator nor a column of customer_value", known);
    }

    private static <T> Set<String> names(List<T> all, Function<T, String> name) {
      return Stream.of(all)
          .flatMap(List::stream)
          .map(name)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }
}
