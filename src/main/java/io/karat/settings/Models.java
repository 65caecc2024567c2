package io.karat.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of the models that turn indicators into classes, scores, tiers, labels and segments;
 * each model is optional.
 *
 * @param classifications in the order of their columns
 * @param bigTicket empty if customers are not flagged
 * @param pyramids in the order of their columns
 * @param labels in the order in which they are evaluated
 * @param screenings in the order of their columns
 * @param buyerTypes empty if key customers are not told apart by what they value
 * @param clustering empty if there are no segments
 * @param names the names of the codes of classes, tiers, quadrants, segments and labels
 */
public record Models(
    List<Classification> classifications,
    Optional<OneOffSettings> bigTicket,
    List<Pyramid> pyramids,
    Optional<Scorecard> scorecard,
    Optional<Rfm> rfm,
    List<LabelSettings> labels,
    List<ScreeningSettings> screenings,
    Optional<BuyerTypes> buyerTypes,
    Optional<ChurnSettings> churn,
    Optional<Clustering> clustering,
    Map<String, BilingualText> names) {
  public Models {
    classifications = List.copyOf(classifications);
    pyramids = List.copyOf(pyramids);
    labels = List.copyOf(labels);
    screenings = List.copyOf(screenings);
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  /** The same models with other settings of churn. */
  public Models with(ChurnSettings settings) {
    return new Models(
        classifications,
        bigTicket,
        pyramids,
        scorecard,
        rfm,
        labels,
        screenings,
        buyerTypes,
        Optional.of(settings),
        clustering,
        names);
  }

  /** Every code of a class, tier, quadrant, RFM segment or label, in the order of the models. */
  public Set<String> codes() {
    Set<String> codes = new LinkedHashSet<>();
    classifications.forEach(it -> it.classes().levels().forEach(level -> codes.add(level.name())));
    pyramids.forEach(it -> it.tiers().levels().forEach(level -> codes.add(level.name())));
    scorecard.ifPresent(it -> codes.addAll(Scorecard.QUADRANTS));
    rfm.ifPresent(it -> it.names().forEach(name -> codes.add(name.name())));
    labels.forEach(it -> it.rules().forEach(rule -> codes.add(rule.then())));
    if (!screenings.isEmpty()) {
      codes.addAll(ScreeningSettings.CODES);
    }
    buyerTypes.ifPresent(it -> codes.addAll(it.codes()));
    return codes;
  }

  /** The columns of classes, tiers, labels and screenings. */
  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    classifications.forEach(it -> columns.add(it.name()));
    pyramids.forEach(it -> columns.add(ModelColumns.tier(it)));
    labels.forEach(it -> columns.add(it.name()));
    screenings.forEach(it -> columns.add(it.name()));
    return columns;
  }

  /** What may decide who is a key customer, as text: classes, tiers, labels and screenings. */
  public String ofKeyCustomers() {
    return CanonicalSettings.text(
        this, Set.of("scorecard", "rfm", "buyerTypes", "churn", "clustering", "names"));
  }

  /** The built-in models. */
  public static Models builtIn() {
    return DefaultModels.models();
  }
}
