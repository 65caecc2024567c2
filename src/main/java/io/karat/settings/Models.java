package io.karat.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How indicators become classes, scores, tiers and labels; each model is optional.
 *
 * @param classifications in the order of their columns
 * @param bigTicket none where nobody is flagged
 * @param pyramids in the order of their columns
 * @param labels in the order in which they are found
 * @param names what codes of classes, tiers, quadrants, segments and labels are called
 */
public record Models(
    List<Classification> classifications,
    Optional<BigTicket> bigTicket,
    List<Pyramid> pyramids,
    Optional<Scorecard> scorecard,
    Optional<Rfm> rfm,
    List<Labelling> labels,
    Optional<Churn> churn,
    Map<String, Phrase> names) {
  public Models {
    classifications = List.copyOf(classifications);
    pyramids = List.copyOf(pyramids);
    labels = List.copyOf(labels);
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  /** The models that come with Karat. */
  public static Models builtIn() {
    return DefaultModels.models();
  }
}
