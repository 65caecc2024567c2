package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.LevelSettings.Level;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys under {@code classification}: the one-off big ticket, and classes by name. */
final class ClassificationKeys {
  private static final int MOST_CLASSES = 3;
  private static final int MOST_DAYS = 36_500;

  private static final Key<String> BY =
      Key.inherited(
          "by",
          IndicatorReferences.one(),
          "net_sales_amount_365d",
          "The indicator that decides the class, with its window.");
  private static final Key<List<Level>> CLASSES =
      Key.byDefault(
          "classes",
          LevelKeys.classes(),
          "[{name: LARGE, top_value_share: 0.80}, {name: MEDIUM, top_share: 0.50}, {name: SMALL}]",
          "The first class that holds counts; the last has a name only.");
  private static final Key<RankedPopulation> POPULATION = population();
  private static final Key<CutPolicy> CUTS = cuts();

  private static final Key<BigDecimal> SHARE =
      Key.byDefault(
          "share",
          Shapes.part(),
          "0.80",
          "The smallest share of the two largest transactions in lifetime net sales.");
  private static final Key<BigDecimal> QUIET_INTERVALS =
      Key.byDefault(
          "quiet_intervals",
          Shapes.positive(OptionalInt.empty()),
          "3",
          "Time without a sale, as a multiple of the median interval of repeat customers.");
  private static final Key<Integer> QUIET_DAYS =
      Key.byDefault(
          "quiet_days",
          Shapes.wholeNumber(1, MOST_DAYS),
          "90",
          "The fewest days without a sale, whatever the median interval is.");
  private static final Key<Optional<OneOffSettings>> ONE_OFF =
      Key.block(
          "one_off",
          OptionalBlock.optional(
              ObjectShape.of(
                      List.of(SHARE, QUIET_INTERVALS, QUIET_DAYS),
                      fields ->
                          new OneOffSettings(
                              fields.of(SHARE),
                              fields.of(QUIET_INTERVALS),
                              fields.of(QUIET_DAYS),
                              fields.at()))
                  .elsewhere("A class needs another name.")),
          "One-off big tickets: customers who were large by one or two sales of long ago. They are"
              + " never in the first class or tier, and no key customers; false switches the flag"
              + " off.");

  private static final MapOf<Optional<Classification>> BY_NAME =
      new MapOf<>(
          OptionalBlock.optional(
              ObjectShape.of(
                  List.of(BY, CLASSES, POPULATION, CUTS), ClassificationKeys::classification)),
          "a mapping of up to three names to classes",
          true);

  private ClassificationKeys() {}

  static Key<Classifications> key() {
    return Key.block(
        "classification",
        new OptionalBlock<>(new ClassificationsShape(), Classifications.NONE),
        "Up to three columns of classes, each by one indicator. By default customer_class by net"
            + " sales; your own names add columns, false in place of one removes it.");
  }

  /** The key that says who is ranked, for every model that ranks customers. */
  static Key<RankedPopulation> population() {
    return Key.byDefault(
        "population",
        populations(),
        "buyers",
        "buyers: customers with a sale at any time are ranked, prospects have no class, tier or"
            + " bin. everybody: all customers are.");
  }

  private static EnumShape<RankedPopulation> populations() {
    Map<String, RankedPopulation> words = new LinkedHashMap<>();
    words.put("buyers", RankedPopulation.BUYERS);
    words.put("everybody", RankedPopulation.EVERYBODY);
    return new EnumShape<>(words);
  }

  /** The key that freezes cut points or fits them every night, for every model with cuts. */
  static Key<CutPolicy> cuts() {
    return Key.byDefault(
        "cuts",
        EnumShape.of(CutPolicy.class),
        "frozen",
        "frozen: cut points stay in use until others are accepted. fresh: they are fitted every"
            + " night.");
  }

  private static Classification classification(ObjectFields fields) {
    return new Classification(
        fields.at().name(),
        fields.of(BY),
        LevelKeys.levels(fields.of(CLASSES), fields.problems()),
        fields.of(POPULATION),
        fields.of(CUTS),
        !fields.isSaid(BY.name()),
        fields.at());
  }

  /** Content of {@code classification}. */
  record Classifications(List<Classification> classes, Optional<OneOffSettings> oneOff) {
    static final Classifications NONE = new Classifications(List.of(), Optional.empty());
  }

  /** Shape with one fixed key beside names that the business chooses. */
  private record ClassificationsShape() implements Shape<Classifications> {
    @Override
    public Optional<Classifications> read(Value value, Problems problems) {
      if (!(value instanceof Mapping mapping)) {
        return BY_NAME.read(value, problems).map(none -> Classifications.NONE);
      }

      Map<String, Value> named = new LinkedHashMap<>(mapping.members());
      named.remove(ONE_OFF.name());
      List<Classification> classes =
          BY_NAME
              .read(new Mapping(mapping.at(), named), problems)
              .map(read -> read.values().stream().flatMap(Optional::stream).toList())
              .orElse(List.of());
      if (classes.size() > MOST_CLASSES) {
        problems.add(
            mapping.at(),
            "'%s' has %d columns of classes, expected at most %d. Remove one, or put false in place"
                    .formatted(mapping.at().key(), classes.size(), MOST_CLASSES)
                + " of a default one.");
      }
      return Optional.of(
          new Classifications(classes, new ObjectFields(mapping, problems).of(ONE_OFF)));
    }

    @Override
    public String expected() {
      return BY_NAME.expected();
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = BY_NAME.schema();
      ObjectNode properties = JsonSchema.object();
      properties.set(ONE_OFF.name(), ONE_OFF.schema());
      return schema.set("properties", properties);
    }
  }
}
