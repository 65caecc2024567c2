package io.karat.scores;

import io.karat.indicators.IndicatorColumn;
import io.karat.run.LowerCase;
import io.karat.scores.CutDefinition.BinCuts;
import io.karat.scores.CutDefinition.BinCuts.Within;
import io.karat.settings.Classification;
import io.karat.settings.CutPolicy;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.LevelSettings;
import io.karat.settings.LevelSettings.Condition;
import io.karat.settings.MissingValue;
import io.karat.settings.Pyramid;
import io.karat.settings.RankedPopulation;
import io.karat.settings.Rfm;
import io.karat.settings.Scorecard;
import io.karat.settings.ScreeningSettings;
import io.karat.settings.WeightedIndicator;
import io.karat.settings.WeightedIndicator.Target;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The definitions of all cuts that the models of a plan need. */
final class CutDefinitions {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final ScorePlan plan;

  CutDefinitions(ScorePlan plan) {
    this.plan = plan;
  }

  /** All definitions; those over scores or within bins come after the ones that they depend on. */
  List<CutDefinition> all() {
    List<CutDefinition> lessons = new ArrayList<>();
    usualInterval().ifPresent(lessons::add);
    plan.models().classifications().forEach(it -> levels(it).ifPresent(lessons::add));
    for (Pyramid pyramid : plan.models().pyramids()) {
      pyramid.weights().forEach(it -> indicator(pyramid, it).ifPresent(lessons::add));
    }
    plan.models()
        .scorecard()
        .ifPresent(
            scorecard ->
                scorecard
                    .perspectives()
                    .forEach(
                        (perspective, view) ->
                            view.indicators()
                                .forEach(
                                    it ->
                                        target(scorecard, perspective, it)
                                            .ifPresent(lessons::add))));
    plan.models()
        .rfm()
        .ifPresent(rfm -> axes(rfm).forEach(axis -> bins(rfm, axis).ifPresent(lessons::add)));
    plan.models().pyramids().forEach(it -> levels(it).ifPresent(lessons::add));
    for (ScreeningSettings screening : plan.models().screenings()) {
      screening.criteria().forEach(it -> Screening.bound(screening, it).ifPresent(lessons::add));
    }
    plan.models().buyerTypes().ifPresent(it -> it.kinds().forEach(kind -> add(kind, lessons)));
    return lessons;
  }

  private void add(Pyramid kind, List<CutDefinition> lessons) {
    for (WeightedIndicator weighted : kind.weights()) {
      indicator(kind, weighted).ifPresent(lessons::add);
      weighted.aboveMedian().ifPresent(it -> lessons.add(median(kind, it)));
    }
  }

  /** The percentiles of an indicator whose median matters to a buyer type. */
  CutDefinition median(Pyramid kind, String indicator) {
    return ofKeyCustomers("buyer_types.%s.median.%s".formatted(kind.name(), indicator), indicator);
  }

  private CutDefinition ofKeyCustomers(String name, String indicator) {
    String who =
        plan.models().buyerTypes().map(it -> ": " + it.population(plan.models())).orElse("");
    return new CutDefinition.Percentiles(
        name, indicator, RankedPopulation.KEY_CUSTOMERS, CutPolicy.FROZEN, who);
  }

  Optional<CutDefinition> levels(Classification classification) {
    return levels(
        "classification." + classification.name(),
        classification.by(),
        better(classification.by()),
        classification.classes(),
        classification.population(),
        classification.cuts(),
        "");
  }

  Optional<CutDefinition> levels(Pyramid pyramid) {
    String context =
        pyramid.weights().stream()
            .map(
                it ->
                    "%s, missing %s"
                        .formatted(
                            CutText.of(it, better(it.indicator())),
                            LowerCase.of(missing(pyramid.missing(), it.indicator()))))
            .collect(
                Collectors.joining(
                    "; ", "; %s of: ".formatted(LowerCase.of(pyramid.normalisation())), ""));
    return levels(
        "pyramids.%s.tiers".formatted(pyramid.name()),
        ScoreColumns.score(pyramid),
        Better.HIGHER,
        pyramid.tiers(),
        pyramid.population(),
        pyramid.cuts(),
        context);
  }

  private static Optional<CutDefinition> levels(
      String name,
      String column,
      Better better,
      LevelSettings levels,
      RankedPopulation population,
      CutPolicy cuts,
      String context) {
    boolean isGiven =
        levels.levels().stream()
            .flatMap(level -> level.condition().stream())
            .allMatch(Condition.Bound.class::isInstance);
    return isGiven
        ? Optional.empty()
        : Optional.of(
            new CutDefinition.LevelStarts(name, column, better, levels, population, cuts, context));
  }

  Optional<CutDefinition> indicator(Pyramid pyramid, WeightedIndicator weighted) {
    String column = weighted.indicator();
    if (pyramid.population() == RankedPopulation.KEY_CUSTOMERS) {
      return Optional.of(
          ofKeyCustomers("buyer_types.%s.%s".formatted(pyramid.name(), column), column));
    }
    String name = "pyramids.%s.%s".formatted(pyramid.name(), column);
    return switch (pyramid.normalisation()) {
      case RANK ->
          Optional.of(
              new CutDefinition.Percentiles(
                  name, column, pyramid.population(), pyramid.cuts(), ""));
      case MINMAX, LOG ->
          Optional.of(new CutDefinition.Span(name, column, pyramid.population(), pyramid.cuts()));
      case TARGET -> target(name, weighted, pyramid.population(), pyramid.cuts());
    };
  }

  Optional<CutDefinition> target(
      Scorecard scorecard, Scorecard.Perspective perspective, WeightedIndicator weighted) {
    String name = "scorecard.%s.%s".formatted(LowerCase.of(perspective), weighted.indicator());
    return target(name, weighted, RankedPopulation.BUYERS, scorecard.cuts());
  }

  private Optional<CutDefinition> target(
      String name, WeightedIndicator weighted, RankedPopulation population, CutPolicy cuts) {
    return weighted
        .target()
        .filter(Target.Reached.class::isInstance)
        .map(Target.Reached.class::cast)
        .map(
            target ->
                new CutDefinition.ReachedTarget(
                    name,
                    weighted.indicator(),
                    better(weighted.indicator()),
                    target.topShare(),
                    population,
                    cuts));
  }

  Optional<BinCuts> bins(Rfm rfm, RfmAxis axis) {
    if (!axis.settings().cuts().isEmpty()) {
      return Optional.empty();
    }

    List<Within> within =
        rfm.isNested()
            ? axes(rfm).stream()
                .takeWhile(other -> !other.equals(axis))
                .map(other -> new Within(other.bin(), other.settings().bins()))
                .toList()
            : List.of();
    return Optional.of(
        new BinCuts(
            "rfm." + axis.name(),
            axis.settings().indicator(),
            axis.settings().bins(),
            within,
            rfm.population(),
            rfm.cuts()));
  }

  static List<RfmAxis> axes(Rfm rfm) {
    return List.of(
        new RfmAxis("recency", rfm.recency()),
        new RfmAxis("frequency", rfm.frequency()),
        new RfmAxis("monetary", rfm.monetary()));
  }

  /** How an unknown indicator counts. */
  MissingValue missing(Optional<MissingValue> configured, String column) {
    return configured.orElseGet(
        () -> MissingValue.of(plan.indicator(column).indicator().category()));
  }

  /** The median interval of repeat customers, if anything depends on it. */
  Optional<CutDefinition> usualInterval() {
    return plan.hasUsualInterval()
        ? Optional.of(
            new CutDefinition.ReachedTarget(
                "usual_interval",
                UsualInterval.OWN,
                Better.LOWER,
                HALF,
                RankedPopulation.BUYERS,
                CutPolicy.FROZEN))
        : Optional.empty();
  }

  /** The direction in which an indicator counts. */
  Better better(WeightedIndicator weighted) {
    return weighted.better().orElseGet(() -> better(weighted.indicator()));
  }

  Better better(String column) {
    IndicatorColumn indicator = plan.indicator(column);
    return indicator.indicator().better();
  }

  /** An axis of RFM: recency, frequency or monetary value. */
  record RfmAxis(String name, Rfm.Axis settings) {
    /** The column of the bins. */
    String bin() {
      return name + "_bin";
    }
  }
}
