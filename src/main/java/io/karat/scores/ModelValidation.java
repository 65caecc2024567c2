package io.karat.scores;

import io.karat.run.LowerCase;
import io.karat.settings.BuyerTypes;
import io.karat.settings.ChurnSettings;
import io.karat.settings.Classification;
import io.karat.settings.Clustering;
import io.karat.settings.Clustering.Feature;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.LevelSettings.Condition;
import io.karat.settings.LevelSettings.Level;
import io.karat.settings.Models;
import io.karat.settings.OneOffSettings;
import io.karat.settings.Pyramid;
import io.karat.settings.RankedPopulation;
import io.karat.settings.Rfm;
import io.karat.settings.Rfm.Axis;
import io.karat.settings.Scorecard;
import io.karat.settings.Scorecard.Perspective;
import io.karat.settings.Scorecard.View;
import io.karat.settings.WeightedIndicator;
import io.karat.settings.yaml.Location;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Validation of models: default models without their inputs are left out, and mistakes in a
 * business's own models are reported. Labels come last, as they may name columns of all other
 * models.
 */
final class ModelValidation {
  private static final int FEWEST_KINDS = 2;

  private final Models configured;
  private final IndicatorUse use;
  private final Map<String, MissingReason> off = new LinkedHashMap<>();

  ModelValidation(Models configured, IndicatorUse use) {
    this.configured = configured;
    this.use = use;
  }

  /** The models and parts of models that are left out, with the reasons. */
  Map<String, MissingReason> off() {
    return off;
  }

  /** The models that can be computed. */
  Models models() {
    Models withoutLabels =
        new Models(
            configured.classifications().stream().filter(this::isUsable).toList(),
            configured.bigTicket().filter(this::isUsable),
            configured.pyramids().stream().flatMap(it -> usable(it).stream()).toList(),
            configured.scorecard().flatMap(this::usable),
            configured.rfm().filter(this::isUsable),
            List.of(),
            List.of(),
            configured.buyerTypes().flatMap(this::usable),
            configured.churn().filter(this::isUsable),
            configured.clustering().flatMap(this::usable),
            configured.names());
    return new LabelValidation(configured, withoutLabels, use, off).models();
  }

  private boolean isUsable(Classification classification) {
    Location by = classification.at().child("by");
    classification.classes().levels().forEach(level -> checkBound(level, classification.by()));
    return isUsable(
        "classification." + classification.name(),
        use.number(classification.by(), by, by, classification.isDefault()).stream().toList());
  }

  private void checkBound(Level level, String by) {
    boolean isLowerBetter =
        use.column(by).filter(it -> it.indicator().better() == Better.LOWER).isPresent();
    level
        .condition()
        .filter(it -> it instanceof Condition.Bound bound && bound.isLeast() == isLowerBetter)
        .ifPresent(
            it -> {
              Location at = level.at().child(isLowerBetter ? "min" : "max");
              use.problems()
                  .add(
                      at,
                      "'%s' is of '%s', where %s is better. Write '%s'."
                          .formatted(
                              at.key(),
                              by,
                              isLowerBetter ? "lower" : "higher",
                              isLowerBetter ? "max" : "min"));
            });
  }

  /** Always treated as a default: a business can configure only the share and the days. */
  private boolean isUsable(OneOffSettings ticket) {
    List<MissingReason> lacks = new ArrayList<>();
    for (String indicator : OneOffSettings.INDICATORS) {
      use.lack(indicator, ticket.at(), true).ifPresent(lacks::add);
    }
    return isUsable("classification.one_off", lacks);
  }

  private Optional<Pyramid> usable(Pyramid pyramid) {
    pyramid.tiers().levels().forEach(this::checkAddedUp);
    List<WeightedIndicator> weights = usable("pyramids." + pyramid.name(), pyramid.weights());
    return weights.isEmpty() && !pyramid.weights().isEmpty()
        ? Optional.empty()
        : Optional.of(
            pyramid.with(
                weights, isBuyerKnown() ? pyramid.population() : RankedPopulation.EVERYBODY));
  }

  /** Kinds none of whose indicators is there are left out; one alone has nothing beside it. */
  private Optional<BuyerTypes> usable(BuyerTypes types) {
    List<Pyramid> kinds = new ArrayList<>();
    List<MissingReason> lacks = new ArrayList<>();
    for (Pyramid kind : types.kinds()) {
      String key = BuyerTypes.KEY + "." + kind.name();
      List<WeightedIndicator> weights = usable(key, kind.weights());
      if (weights.isEmpty()) {
        Optional.ofNullable(off.get(key)).ifPresent(lacks::add);
      } else {
        kinds.add(kind.with(weights));
      }
    }
    if (kinds.size() < FEWEST_KINDS) {
      off.keySet().removeIf(key -> key.startsWith(BuyerTypes.KEY + "."));
      isUsable(BuyerTypes.KEY, lacks);
      return Optional.empty();
    }
    return Optional.of(types.with(kinds));
  }

  /** Where no sales are mapped nobody is known to buy or not to, so that models rank everybody. */
  private boolean isBuyerKnown() {
    return use.lack(RankedPopulation.BOUGHT, new Location(Location.DEFAULT, ""), true).isEmpty();
  }

  private void checkAddedUp(Level level) {
    level
        .condition()
        .filter(Condition.TopValueShare.class::isInstance)
        .flatMap(it -> ((Condition.TopValueShare) it).of())
        .ifPresent(
            column -> {
              Location of = level.at().child("of");
              use.number(column, of, of, false);
            });
  }

  private Optional<Scorecard> usable(Scorecard scorecard) {
    Map<Perspective, View> views = new EnumMap<>(Perspective.class);
    List<MissingReason> lacks = new ArrayList<>();
    scorecard
        .perspectives()
        .forEach(
            (perspective, view) -> {
              String key = "scorecard." + LowerCase.of(perspective);
              List<WeightedIndicator> indicators = usable(key, view.indicators());
              if (indicators.isEmpty()) {
                Optional.ofNullable(off.get(key)).ifPresent(lacks::add);
              } else {
                views.put(perspective, new View(view.weight(), indicators, view.at()));
              }
            });
    if (!isOfBothValues(views.keySet()) && !lacks.isEmpty()) {
      off.keySet().removeIf(key -> key.startsWith("scorecard."));
      off.put("scorecard", MissingReason.ofAll(lacks));
      return Optional.empty();
    }

    return Optional.of(
        new Scorecard(
            views,
            scorecard.current(),
            scorecard.potential(),
            scorecard.hysteresis(),
            scorecard.missing(),
            scorecard.cuts(),
            scorecard.isDefault(),
            scorecard.at()));
  }

  /** Whether there is a current and a potential value, which make a quadrant together. */
  private static boolean isOfBothValues(Set<Perspective> perspectives) {
    return perspectives.stream().map(Perspective::isCurrent).distinct().count() == 2;
  }

  /** The indicators that can be computed; if all are missing, empty, and the whole is left out. */
  private List<WeightedIndicator> usable(String key, List<WeightedIndicator> weights) {
    List<WeightedIndicator> usable = new ArrayList<>();
    Map<String, MissingReason> lacks = new LinkedHashMap<>();
    for (WeightedIndicator weight : weights) {
      Location at = weight.at();
      Location named = new Location(at.where(), at.key().substring(0, at.key().lastIndexOf('.')));
      use.number(weight.indicator(), named, at, at.isDefault())
          .or(() -> lackOfMedian(weight))
          .ifPresentOrElse(lack -> lacks.put(at.key(), lack), () -> usable.add(weight));
    }

    if (usable.isEmpty() && !lacks.isEmpty()) {
      off.put(key, MissingReason.ofAll(List.copyOf(lacks.values())));
    } else {
      off.putAll(lacks);
    }
    return usable;
  }

  private Optional<MissingReason> lackOfMedian(WeightedIndicator weight) {
    Location at = weight.at().child("above_median");
    return weight.aboveMedian().flatMap(it -> use.number(it, at, at, at.isDefault()));
  }

  private Optional<Clustering> usable(Clustering clustering) {
    List<Feature> features = new ArrayList<>();
    Map<String, MissingReason> lacks = new LinkedHashMap<>();
    for (Feature feature : clustering.features()) {
      Location at = feature.at();
      Location named = new Location(at.where(), at.key().substring(0, at.key().lastIndexOf('.')));
      use.number(feature.indicator(), named, at, at.isDefault())
          .ifPresentOrElse(lack -> lacks.put(at.key(), lack), () -> features.add(feature));
    }

    if (features.isEmpty() && !lacks.isEmpty()) {
      off.put("clustering", MissingReason.ofAll(List.copyOf(lacks.values())));
      return Optional.empty();
    }
    off.putAll(lacks);
    return Optional.of(clustering.over(features));
  }

  private boolean isUsable(Rfm rfm) {
    List<MissingReason> lacks = new ArrayList<>();
    for (Axis axis : List.of(rfm.recency(), rfm.frequency(), rfm.monetary())) {
      Location at = axis.at().child("indicator");
      use.number(axis.indicator(), at, at, rfm.isDefault()).ifPresent(lacks::add);
    }
    return isUsable("rfm", lacks);
  }

  private boolean isUsable(ChurnSettings churn) {
    Location by = churn.at().child("by");
    Location of = churn.at().child("of");
    return isUsable(
        "churn",
        Stream.of(
                use.number(churn.by(), by, by, churn.isDefault()),
                use.number(churn.of(), of, of, churn.isDefault()))
            .flatMap(Optional::stream)
            .toList());
  }

  private boolean isUsable(String key, List<MissingReason> lacks) {
    if (!lacks.isEmpty()) {
      off.put(key, MissingReason.ofAll(lacks));
    }
    return lacks.isEmpty();
  }
}
