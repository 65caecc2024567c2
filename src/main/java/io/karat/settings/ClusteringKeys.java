package io.karat.settings;

import io.karat.settings.Clustering.AssignBy;
import io.karat.settings.Clustering.Feature;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.ScalarOrObject;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys under {@code clustering}. */
final class ClusteringKeys {
  private static final int FEWEST_SEGMENTS = 2;
  private static final int MOST_SEGMENTS = 20;
  private static final int MOST_FEATURES = 30;
  private static final int MOST_WEIGHT = 100;
  private static final int LARGEST_SEED = 999_999_999;
  private static final int SMALLEST_SAMPLE = 1_000;
  private static final int LARGEST_SAMPLE = 1_000_000;
  private static final String AUTO = "auto";
  private static final String MANUAL = "manual";

  private static final Key<Map<String, Feature>> FEATURES =
      Key.inherited(
          "features",
          features(),
          "{}",
          "Features by which customers are compared: indicators with their windows, each with a"
              + " weight; a weight of 2 counts like two features of weight 1. They replace all"
              + " default features.");
  private static final Key<Optional<Integer>> K =
      Key.byDefault(
          "k",
          numberOfSegments(),
          "5",
          "The number of segments; auto: 'karat models fit segments' tries 3 to 8, and a first"
              + " night uses 5.");
  private static final Key<Integer> SEED =
      Key.byDefault(
          "seed", Shapes.wholeNumber(0, LARGEST_SEED), "42", "The seed of random numbers.");
  private static final Key<Integer> SAMPLE =
      Key.byDefault(
          "sample",
          Shapes.wholeNumber(SMALLEST_SAMPLE, LARGEST_SAMPLE),
          "200000",
          "The largest number of customers in a fit.");
  private static final Key<AssignBy> ASSIGN_BY =
      Key.byDefault(
          "assign_by",
          EnumShape.of(AssignBy.class),
          "centroids",
          "The assignment: to the nearest centre, or by the rules in words.");
  private static final Key<BigDecimal> HYSTERESIS =
      Key.byDefault(
          "hysteresis",
          Shapes.share(1),
          "0.05",
          "A customer changes segment only if the other centre is nearer by more than this share.");
  private static final Key<BigDecimal> MAX_CHANGED =
      Key.required(
          "max_changed",
          Shapes.part(),
          "0.15",
          "The largest share of customers who change segment.");
  private static final Key<Optional<BigDecimal>> ACCEPT =
      Key.byDefault(
          "accept",
          accept(),
          "manual",
          "Whether a candidate waits for models accept, or {max_changed: 0.15}: it is accepted at"
              + " once if no more customers change segment.");
  private static final Key<Map<String, Optional<BilingualText>>> NAMES =
      Key.byDefault(
          "names",
          new MapOf<>(IndicatorKeys.phrase(), "a mapping of segments to names", false),
          "{}",
          "Names of segments, such as {S1: {en: Stars}}; by default their worth and what is"
              + " true of most of their customers.");

  private ClusteringKeys() {}

  static Key<Optional<Clustering>> key() {
    return Key.block(
        "clustering",
        OptionalBlock.optional(
            ObjectShape.of(
                List.of(FEATURES, K, SEED, SAMPLE, ASSIGN_BY, HYSTERESIS, ACCEPT, NAMES),
                ClusteringKeys::clustering)),
        "Segments of similar customers: segment_id and segment_name.");
  }

  private static Shape<Map<String, Feature>> features() {
    Shape<BigDecimal> weight = Shapes.positive(OptionalInt.of(MOST_WEIGHT));
    Shape<Feature> feature =
        new ScalarShape<>(
            weight.expected(),
            weight.schema(),
            (text, at) ->
                Shapes.positive(text)
                    .filter(number -> number.compareTo(BigDecimal.valueOf(MOST_WEIGHT)) <= 0)
                    .map(number -> new Feature(at.name(), number, at)),
            List.of());
    return IndicatorReferences.keysOf(
        new MapOf<>(
            feature, "a mapping of indicators to weights, such as {recency_days: 1}", false));
  }

  private static Shape<Optional<Integer>> numberOfSegments() {
    return new ScalarShape<>(
        "a whole number from %d to %d, or auto".formatted(FEWEST_SEGMENTS, MOST_SEGMENTS),
        JsonSchema.anyOf(
            Shapes.wholeNumber(FEWEST_SEGMENTS, MOST_SEGMENTS).schema(),
            JsonSchema.object().put("const", AUTO)),
        (text, at) -> number(text),
        List.of(AUTO));
  }

  private static Optional<Optional<Integer>> number(String text) {
    Optional<Integer> number = Shapes.number(text).flatMap(ClusteringKeys::whole);
    return number.isPresent() || text.equals(AUTO) ? Optional.of(number) : Optional.empty();
  }

  private static Optional<Integer> whole(BigDecimal number) {
    boolean isWithin =
        number.scale() == 0
            && number.compareTo(BigDecimal.valueOf(FEWEST_SEGMENTS)) >= 0
            && number.compareTo(BigDecimal.valueOf(MOST_SEGMENTS)) <= 0;
    return isWithin ? Optional.of(number.intValueExact()) : Optional.empty();
  }

  private static Shape<Optional<BigDecimal>> accept() {
    return new ScalarOrObject<>(
        new ScalarShape<>(
            "manual or {max_changed: 0.15}",
            JsonSchema.object().put("const", MANUAL),
            (text, at) -> text.equals(MANUAL) ? Optional.of(Optional.empty()) : Optional.empty(),
            List.of(MANUAL)),
        ObjectShape.of(List.of(MAX_CHANGED), fields -> Optional.of(fields.of(MAX_CHANGED))));
  }

  private static Clustering clustering(ObjectFields fields) {
    List<Feature> features = List.copyOf(fields.of(FEATURES).values());
    checkNumber(features, fields);
    return new Clustering(
        features,
        fields.of(K),
        fields.of(SEED),
        fields.of(SAMPLE),
        fields.of(ASSIGN_BY),
        fields.of(HYSTERESIS),
        fields.of(ACCEPT),
        names(fields),
        !fields.isSaid(FEATURES.name()),
        fields.at());
  }

  private static void checkNumber(List<Feature> features, ObjectFields fields) {
    Location at = fields.at(FEATURES);
    if (fields.has(FEATURES) && features.isEmpty()) {
      fields
          .problems()
          .add(
              at,
              "'%s' is empty, expected at least one indicator. Add one such as {recency_days: 1}."
                  .formatted(at.key()));
    } else if (features.size() > MOST_FEATURES) {
      fields
          .problems()
          .add(
              at,
              "'%s' has %d indicators, expected at most %d. Remove some."
                  .formatted(at.key(), features.size(), MOST_FEATURES));
    }
  }

  private static Map<String, BilingualText> names(ObjectFields fields) {
    Map<String, BilingualText> names = new LinkedHashMap<>();
    fields
        .of(NAMES)
        .forEach(
            (id, name) -> {
              Location at = fields.at(NAMES.name(), id);
              if (!id.matches("S\\d{1,6}")) {
                fields
                    .problems()
                    .add(
                        at,
                        "'%s' is not a segment, expected S1, S2 and so on, or S0 for customers of"
                                .formatted(at.key())
                            + " whom too little is known.");
              } else if (name.isEmpty()) {
                fields
                    .problems()
                    .add(at, "'%s' has no name. Add 'en' or 'zh'.".formatted(at.key()));
              }
              name.ifPresent(said -> names.put(id, said));
            });
    return names;
  }
}
