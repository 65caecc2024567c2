package io.karat.scores;

import static org.apache.spark.sql.functions.when;

import io.karat.quality.CorrelatedIndicators;
import io.karat.ranks.MeanRanks;
import io.karat.ranks.RankCorrelation;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.Pyramid;
import io.karat.settings.RankedPopulation;
import io.karat.settings.Scorecard;
import io.karat.settings.WeightedIndicator;
import io.karat.tables.Columns;
import io.karat.tables.CustomerSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rank correlations of the indicators of each pyramid and of the scorecard, pair by pair, over the
 * customers whom the model ranks; above {@link #MOST} customers, of a sample of them.
 */
final class IndicatorCorrelations {
  /** The most customers that are fetched. */
  static final long MOST = 100_000;

  private final ScorePlan plan;
  private final List<Pair> pairs;

  private IndicatorCorrelations(ScorePlan plan, List<Pair> pairs) {
    this.plan = plan;
    this.pairs = List.copyOf(pairs);
  }

  /** A pair of indicators of a model. */
  private record Pair(String model, String first, String second, RankCorrelation correlation) {
    private Row row() {
      return RowFactory.create(
          model, first, second, correlation.customers(), correlation.value().orElse(null));
    }
  }

  /** A model with indicators that count together. */
  private record Weighted(String model, List<String> indicators, RankedPopulation population) {
    private static Weighted of(Pyramid pyramid) {
      return new Weighted(pyramid.name(), names(pyramid.weights()), pyramid.population());
    }

    private static Weighted of(Scorecard scorecard, boolean hasSales) {
      return new Weighted(
          "scorecard",
          scorecard.perspectives().values().stream()
              .flatMap(view -> names(view.indicators()).stream())
              .distinct()
              .toList(),
          hasSales ? RankedPopulation.BUYERS : RankedPopulation.EVERYBODY);
    }

    private static List<String> names(List<WeightedIndicator> weights) {
      return weights.stream().map(WeightedIndicator::indicator).toList();
    }

    /** The column of an indicator, known of the customers whom the model ranks. */
    private String column(String indicator) {
      return Populations.column(population, indicator);
    }

    private Column value(String indicator) {
      Column value = Columns.column(indicator).cast(DataTypes.DoubleType);
      return when(Populations.isRanked(population), value).as(column(indicator));
    }
  }

  /**
   * Fetches the indicators once and correlates them; starts a job if a model has two.
   *
   * @param customers the number of customers
   */
  static IndicatorCorrelations of(ScorePlan plan, Dataset<Row> scored, long customers) {
    List<Weighted> models =
        Stream.concat(
                plan.models().pyramids().stream().map(Weighted::of),
                plan.models().scorecard().stream().map(it -> Weighted.of(it, plan.hasSales())))
            .filter(it -> it.indicators().size() > 1)
            .toList();
    Map<String, MeanRanks> ranks = ranks(models, scored, customers);
    List<Pair> pairs = new ArrayList<>();
    for (Weighted model : models) {
      List<String> names = model.indicators();
      for (int i = 0; i < names.size(); i++) {
        for (int j = i + 1; j < names.size(); j++) {
          pairs.add(
              new Pair(
                  model.model(),
                  names.get(i),
                  names.get(j),
                  RankCorrelation.of(
                      Objects.requireNonNull(ranks.get(model.column(names.get(i)))),
                      Objects.requireNonNull(ranks.get(model.column(names.get(j)))))));
        }
      }
    }
    return new IndicatorCorrelations(plan, pairs);
  }

  /** The ranks of each column. */
  private static Map<String, MeanRanks> ranks(
      List<Weighted> models, Dataset<Row> scored, long customers) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Weighted model : models) {
      model.indicators().forEach(it -> columns.putIfAbsent(model.column(it), model.value(it)));
    }
    if (columns.isEmpty()) {
      return Map.of();
    }

    List<Row> rows =
        scored
            .filter(CustomerSample.isIn(customers, MOST))
            .select(columns.values().toArray(Column[]::new))
            .collectAsList();
    Map<String, MeanRanks> ranks = new LinkedHashMap<>();
    int place = 0;
    for (String column : columns.keySet()) {
      int at = place++;
      ranks.put(
          column,
          MeanRanks.of(
              rows.stream()
                  .mapToDouble(row -> row.isNullAt(at) ? Double.NaN : row.getDouble(at))
                  .toArray()));
    }
    return ranks;
  }

  List<Row> rows() {
    return pairs.stream().map(Pair::row).toList();
  }

  /** The pair of each pyramid that says most nearly the same; none of a pyramid without one. */
  List<CorrelatedIndicators> highest() {
    List<CorrelatedIndicators> highest = new ArrayList<>();
    for (Pyramid pyramid : plan.models().pyramids()) {
      pairs.stream()
          .filter(pair -> pair.model().equals(pyramid.name()))
          .flatMap(pair -> turned(pair, !pyramid.isDefault()).stream())
          .reduce((a, b) -> b.correlation().compareTo(a.correlation()) > 0 ? b : a)
          .ifPresent(highest::add);
    }
    return highest;
  }

  private Optional<CorrelatedIndicators> turned(Pair pair, boolean isJudged) {
    boolean isTurned = better(pair.first()) != better(pair.second());
    return pair.correlation()
        .value()
        .map(it -> isTurned ? it.negate() : it)
        .map(
            value ->
                new CorrelatedIndicators(
                    pair.model(),
                    plan.indicator(pair.first()).label(),
                    plan.indicator(pair.second()).label(),
                    value,
                    isJudged));
  }

  private Better better(String indicator) {
    return plan.indicator(indicator).indicator().better();
  }
}
