package io.karat.settings;

import io.karat.settings.ClassificationKeys.Classifications;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys of all value models, which stand at the top level. */
final class ModelKeys {
  private static final Key<Classifications> CLASSIFICATION = ClassificationKeys.key();
  private static final Key<Map<String, Optional<Pyramid>>> PYRAMIDS = PyramidKeys.key();
  private static final Key<Optional<Scorecard>> SCORECARD = ScorecardKeys.key();
  private static final Key<Optional<Rfm>> RFM = RfmKeys.key();
  private static final Key<Map<String, Optional<LabelSettings>>> LABELS = LabelKeys.key();
  private static final Key<Map<String, ScreeningSettings>> SCREENING = ScreeningKeys.key();
  private static final Key<Optional<BuyerTypes>> BUYER_TYPES = BuyerTypeKeys.key();
  private static final Key<Optional<ChurnSettings>> CHURN = ChurnKeys.key();
  private static final Key<Optional<Clustering>> CLUSTERING = ClusteringKeys.key();
  private static final Key<Map<String, Optional<BilingualText>>> NAMES =
      Key.byDefault(
          "names",
          new MapOf<>(IndicatorKeys.phrase(), "a mapping of codes to names", false),
          "{}",
          "Names of codes in *_name columns, and of the columns of models and of resources in the report, such as"
              + " GOLD, fit_tier and visits; default models have names already.");

  static final List<Key<?>> ALL =
      List.of(
          CLASSIFICATION,
          PYRAMIDS,
          SCORECARD,
          RFM,
          LABELS,
          SCREENING,
          BUYER_TYPES,
          CHURN,
          CLUSTERING,
          NAMES);

  private ModelKeys() {}

  /**
   * Reads the models that are configured.
   *
   * @param others what may have a name in other parts of the configuration
   */
  static Models models(ObjectFields fields, Set<String> others) {
    Classifications classification = fields.of(CLASSIFICATION);
    Optional<BuyerTypes> buyerTypes = fields.find(BUYER_TYPES).flatMap(it -> it);
    Models models =
        new Models(
            classification.classes(),
            classification.oneOff(),
            on(fields.of(PYRAMIDS)),
            fields.of(SCORECARD),
            fields.of(RFM),
            on(fields.of(LABELS)).stream()
                .filter(label -> !buyerTypes.map(it -> it.replaces(label)).orElse(false))
                .toList(),
            List.copyOf(fields.of(SCREENING).values()),
            buyerTypes,
            fields.of(CHURN),
            fields.of(CLUSTERING),
            names(fields));
    new ModelColumns(models).check(fields.problems());
    new NameCheck(fields, NAMES).check(models, others);
    return models;
  }

  private static <T> List<T> on(Map<String, Optional<T>> models) {
    return models.values().stream().flatMap(Optional::stream).toList();
  }

  private static Map<String, BilingualText> names(ObjectFields fields) {
    Map<String, BilingualText> names = new LinkedHashMap<>();
    fields.of(NAMES).forEach((code, name) -> name.ifPresent(said -> names.put(code, said)));
    return names;
  }
}
