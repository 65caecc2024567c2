package io.karat.groups;

import static io.karat.settings.InputTable.CUSTOMERS;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.Classification;
import io.karat.settings.HierarchySettings;
import io.karat.settings.HierarchySettings.Level;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.InputSettings;
import io.karat.settings.Pyramid;
import io.karat.settings.Settings;
import io.karat.settings.WeightedIndicator;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Groups that a night follows, and the columns about them.
 *
 * @param parent the column of the parent
 * @param figures the indicators that {@code customer_groups} has of every group
 * @param scored further indicators that merge, for classes and tiers of groups
 * @param states the classes and tiers of groups, which come of indicators that merge
 */
public record GroupPlan(
    HierarchySettings settings,
    IndicatorColumn parent,
    List<IndicatorColumn> figures,
    List<IndicatorColumn> scored,
    List<State> states) {
  /** Sums over customers, in the order of their columns. */
  private static final List<String> SUMS =
      List.of(
          "transaction_count",
          "sales_amount",
          "net_sales_amount",
          "profit",
          "receipt_amount",
          "arrears_amount",
          "contact_count",
          "service_cost",
          "expected_sales_amount");

  /** The sums of products, which have more decimals than money. */
  private static final Set<String> PRODUCTS = Set.of("expected_sales_amount");

  private static final List<String> OTHERS = List.of("satisfaction", "recency_days");

  /** The built-in class and tier of groups. */
  private static final Set<String> OF_SALES = Set.of("customer_class", "profit_tier");

  /** Any day; which indicators merge does not depend on it. */
  private static final LocalDate ANY_DAY = LocalDate.EPOCH;

  public GroupPlan {
    figures = List.copyOf(figures);
    scored = List.copyOf(scored);
    states = List.copyOf(states);
  }

  /** Whether groups take the place of customers, so that they have no table of their own. */
  public boolean areCustomers() {
    return settings.groupsAreCustomers();
  }

  /** Plans the groups of a configuration, if it has any, and reports what is wrong. */
  public static Optional<GroupPlan> of(
      Settings settings, IndicatorPlan indicators, ScorePlan scores, Problems problems) {
    return settings
        .hierarchy()
        .flatMap(it -> of(it, settings.inputs().find(CUSTOMERS), indicators, scores, problems));
  }

  private static Optional<GroupPlan> of(
      HierarchySettings hierarchy,
      Optional<InputSettings> customers,
      IndicatorPlan indicators,
      ScorePlan scores,
      Problems problems) {
    Optional<IndicatorColumn> parent =
        indicators.column(hierarchy.by()).filter(it -> it.indicator().unit() == Unit.TEXT);
    boolean isMapped =
        parent
            .filter(it -> !indicators.switchedOff().containsKey(it.indicator().name()))
            .filter(it -> !hierarchy.groupsAreCustomers() || has(customers, it.name()))
            .isPresent();
    if (!isMapped) {
      Location at = hierarchy.at().child("by");
      problems.add(
          at,
          "'%s' is '%s', which no input has as text. Map 'inputs.customers.columns.parent_customer_id' or name a category of customers."
              .formatted(at.key(), hierarchy.by()));
      return Optional.empty();
    }
    if (hierarchy.groupsAreCustomers()) {
      return parent.map(it -> new GroupPlan(hierarchy, it, List.of(), List.of(), List.of()));
    }
    List<IndicatorColumn> figures = new ArrayList<>();
    Stream.concat(SUMS.stream(), OTHERS.stream())
        .forEach(
            name ->
                indicators.columns().stream()
                    .filter(column -> column.indicator().name().equals(name))
                    .forEach(figures::add));
    List<IndicatorColumn> merging =
        hierarchy.level() == Level.ACCOUNT
            ? List.of()
            : MergedIndicators.mergeable(indicators, scores.columns(), ANY_DAY);
    Set<String> names = merging.stream().map(IndicatorColumn::name).collect(Collectors.toSet());
    List<IndicatorColumn> merged = MergedIndicators.mergeable(indicators, figures, ANY_DAY);
    if (merged.isEmpty()) {
      problems.add(
          hierarchy.at(),
          "'%s' has nothing to add up, expected transactions, payments, contacts or opportunities among 'inputs'. Map one."
              .formatted(hierarchy.at().key()));
      return Optional.empty();
    }
    return Optional.of(
        new GroupPlan(
            hierarchy,
            parent.orElseThrow(),
            merged,
            merging,
            hierarchy.level() == Level.ACCOUNT ? List.of() : states(scores, names)));
  }

  /** Whether customers have a column of their own, which can be read before anything else. */
  private static boolean has(Optional<InputSettings> customers, String name) {
    return customers
        .filter(it -> it.columns().containsKey(name) || it.characteristics().containsKey(name))
        .isPresent();
  }

  /** Groups by built-in indicators, with every input mapped. */
  static GroupPlan builtIn() {
    return new GroupPlan(
        HierarchySettings.builtIn(),
        builtIn(HierarchySettings.builtIn().by()).orElseThrow(),
        Stream.concat(SUMS.stream(), OTHERS.stream())
            .flatMap(name -> builtIn(name).or(() -> builtIn(name + "_365d")).stream())
            .toList(),
        List.of(),
        new ValueTable(ScorePlan.builtIn())
            .states().stream().filter(state -> OF_SALES.contains(state.column())).toList());
  }

  private static Optional<IndicatorColumn> builtIn(String column) {
    return IndicatorPlan.builtIn().indicators().values().stream()
        .flatMap(indicator -> IndicatorColumn.named(column, indicator).stream())
        .findFirst();
  }

  private static List<State> states(ScorePlan scores, Set<String> merging) {
    Set<String> columns =
        Stream.concat(
                scores.models().classifications().stream()
                    .filter(it -> merging.contains(it.by()))
                    .map(Classification::name),
                scores.models().pyramids().stream()
                    .filter(
                        it ->
                            it.weights().stream()
                                .map(WeightedIndicator::indicator)
                                .allMatch(merging::contains))
                    .map(GroupPlan::tier))
            .collect(Collectors.toSet());
    return new ValueTable(scores)
        .states().stream().filter(state -> columns.contains(state.column())).toList();
  }

  private static String tier(Pyramid pyramid) {
    return ScoreColumns.tier(pyramid);
  }

  /** Whether an amount is a product, which has more decimals than money. */
  static boolean isProduct(IndicatorColumn column) {
    return PRODUCTS.contains(column.indicator().name());
  }

  /** Whether a figure adds up over customers. */
  static boolean isSum(IndicatorColumn column) {
    return SUMS.contains(column.indicator().name());
  }
}
