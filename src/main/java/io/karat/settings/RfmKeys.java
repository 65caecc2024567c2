package io.karat.settings;

import io.karat.settings.Rfm.Axis;
import io.karat.settings.Rfm.Name;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** Keys under {@code rfm}. */
final class RfmKeys {
  private static final int FEWEST_BINS = 2;
  private static final int MOST_BINS = 20;

  private static final Key<String> INDICATOR =
      Key.inherited(
          "indicator",
          IndicatorReferences.one(),
          "recency_days",
          "The indicator of the bins, with its window.");
  private static final Key<Integer> BINS =
      Key.byDefault(
          "bins",
          Shapes.wholeNumber(FEWEST_BINS, MOST_BINS),
          "5",
          "The number of bins, with equal numbers of customers as far as ties allow; 1 is the"
              + " worst. Equal customers are in the bin of their middle rank.");
  private static final Key<List<BigDecimal>> BIN_CUTS =
      Key.optional(
          "cuts",
          new ListOf<>(Shapes.number(), "a list of rising numbers such as [30, 90, 180]", 1, false),
          "Instead of bins: their cut points, rising; a value equal to a cut point is in the bin"
              + " above.");
  private static final ObjectShape<AxisForm> AXIS =
      ObjectShape.of(List.of(INDICATOR, BINS, BIN_CUTS), RfmKeys::axis);
  private static final Key<AxisForm> RECENCY =
      Key.block("recency", AXIS, "By default recency_days in 5 bins.");
  private static final Key<AxisForm> FREQUENCY =
      Key.block("frequency", AXIS, "By default transaction_day_count_365d in 5 bins.");
  private static final Key<AxisForm> MONETARY =
      Key.block("monetary", AXIS, "By default net_sales_amount_365d in 5 bins.");

  private static final Key<Boolean> NESTED =
      Key.byDefault(
          "nested",
          Shapes.yesOrNo(),
          "false",
          "true: frequency is binned within each recency bin, monetary value within both.");
  private static final Key<RankedPopulation> POPULATION = ClassificationKeys.population();
  private static final Key<CutPolicy> CUTS = ClassificationKeys.cuts();
  private static final Key<Weights> WEIGHTS = weights();
  private static final Key<List<Name>> NAMES =
      Key.inherited(
          "names",
          new ListOf<>(
              name(), "a list such as [{name: BEST, recency: [4, 5]}, {name: OTHERS}]", 1, false),
          "[{name: OTHERS}]",
          "rfm_segment: the first whose bins hold; every code needs a name.");

  private static final Key<BigDecimal> HYSTERESIS =
      Key.byDefault(
          "hysteresis",
          Shapes.share(1),
          "0.1",
          "The share of a cut point by which an indicator must pass it before the customer changes"
              + " its rfm_segment. A customer who is not late, at 1.5 times the usual interval and at"
              + " least 30 days, keeps its segment even if recency grows. 0 for none; nested bins have"
              + " none.");

  private RfmKeys() {}

  static Key<Optional<Rfm>> key() {
    return Key.block(
        "rfm",
        OptionalBlock.optional(
            ObjectShape.of(
                List.of(
                    RECENCY,
                    FREQUENCY,
                    MONETARY,
                    NESTED,
                    POPULATION,
                    CUTS,
                    WEIGHTS,
                    NAMES,
                    HYSTERESIS),
                RfmKeys::rfm)),
        "Recency, frequency and monetary value in bins, and a name for every code.");
  }

  private static Key<Weights> weights() {
    Shape<BigDecimal> weight = Shapes.positive(OptionalInt.empty());
    Key<BigDecimal> recency =
        Key.byDefault("recency", weight, "100", "The weight of the recency bin.");
    Key<BigDecimal> frequency =
        Key.byDefault("frequency", weight, "10", "The weight of the frequency bin.");
    Key<BigDecimal> monetary =
        Key.byDefault("monetary", weight, "1", "The weight of the monetary bin.");
    return Key.block(
        "weights",
        ObjectShape.of(
            List.of(recency, frequency, monetary),
            fields -> new Weights(fields.of(recency), fields.of(frequency), fields.of(monetary))),
        "The weights of the bins in rfm_score: with 100, 10 and 1 a customer in bins 5, 4 and 3 has"
            + " 543.");
  }

  private static ObjectShape<Name> name() {
    Key<String> name = Key.required("name", Shapes.code(), "OTHERS", "The code in tables.");
    Key<List<Integer>> recency = bins("recency");
    Key<List<Integer>> frequency = bins("frequency");
    Key<List<Integer>> monetary = bins("monetary");
    return ObjectShape.of(
        List.of(name, recency, frequency, monetary),
        fields ->
            new Name(
                fields.of(name),
                sorted(fields.find(recency)),
                sorted(fields.find(frequency)),
                sorted(fields.find(monetary)),
                fields.at()));
  }

  private static Key<List<Integer>> bins(String axis) {
    return Key.optional(
        axis,
        new ListOf<>(
            Shapes.wholeNumber(1, MOST_BINS), "a bin or a list of bins such as [4, 5]", 1, true),
        "The %s bins of the name; all by default.".formatted(axis));
  }

  private static SortedSet<Integer> sorted(Optional<List<Integer>> bins) {
    return new TreeSet<>(bins.orElse(List.of()));
  }

  private static AxisForm axis(ObjectFields fields) {
    fields.requireAtMostOne(List.of(BINS, BIN_CUTS));
    List<BigDecimal> cuts = fields.find(BIN_CUTS).orElse(List.of());
    for (int i = 1; i < cuts.size(); i++) {
      if (cuts.get(i).compareTo(cuts.get(i - 1)) < 0) {
        fields
            .problems()
            .add(
                fields.at(BIN_CUTS),
                "'%s' has %s after %s, expected rising numbers. Put them in order."
                    .formatted(
                        fields.at(BIN_CUTS).key(),
                        cuts.get(i).toPlainString(),
                        cuts.get(i - 1).toPlainString()));
      }
    }
    if (cuts.size() >= MOST_BINS) {
      fields
          .problems()
          .add(
              fields.at(BIN_CUTS),
              "'%s' makes %d bins, expected at most %d. Remove some."
                  .formatted(fields.at(BIN_CUTS).key(), cuts.size() + 1, MOST_BINS));
    }
    int bins = cuts.isEmpty() ? fields.of(BINS) : cuts.size() + 1;
    return new AxisForm(fields.of(INDICATOR), bins, cuts, fields.at());
  }

  private static Rfm rfm(ObjectFields fields) {
    Weights weights = fields.of(WEIGHTS);
    boolean namesIndicators =
        List.of(RECENCY, FREQUENCY, MONETARY).stream()
            .anyMatch(axis -> fields.isSaid(axis.name(), INDICATOR.name()));
    Rfm rfm =
        new Rfm(
            fields.of(RECENCY).weighing(weights.recency()),
            fields.of(FREQUENCY).weighing(weights.frequency()),
            fields.of(MONETARY).weighing(weights.monetary()),
            fields.of(NESTED),
            fields.of(POPULATION),
            fields.of(CUTS),
            fields.of(NAMES),
            fields.of(HYSTERESIS),
            !namesIndicators,
            fields.at());
    new RfmNames(rfm, fields.at(NAMES)).check(fields.problems());
    return rfm;
  }

  /** Weights of the three dimensions. */
  private record Weights(BigDecimal recency, BigDecimal frequency, BigDecimal monetary) {}

  /** Settings of a dimension without its weight, which stands under another key. */
  private record AxisForm(String indicator, int bins, List<BigDecimal> cuts, Location at) {
    Axis weighing(BigDecimal weight) {
      return new Axis(indicator, bins, cuts, weight, at);
    }
  }
}
