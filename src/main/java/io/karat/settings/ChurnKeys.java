package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Expression;
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
import io.karat.settings.yaml.Value.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keys under {@code churn}. */
final class ChurnKeys {
  private static final int FEWEST_LEVELS = 2;
  private static final int FEWEST_DAYS = 7;
  private static final int MOST_DAYS = 365;

  private static final Key<String> BY =
      Key.inherited(
          "by",
          IndicatorReferences.one(),
          "satisfaction_365d",
          "The indicator of satisfaction, with its window; by default satisfaction_365d.");
  private static final Key<String> OF =
      Key.inherited(
          "of",
          IndicatorReferences.one(),
          "net_sales_amount_365d",
          "The indicator of the value at risk, with its window; by default net_sales_amount_365d.");
  private static final Key<Expression> LEFT =
      Key.optional(
          "left",
          Shapes.expression(),
          "Spark SQL over indicators, scores, tiers, classes and labels: customers who have left"
              + " already, whose expected churn is 1. By default those who are LAPSED or LOST.");
  private static final Key<Integer> PERIOD_DAYS =
      Key.byDefault(
          "period_days",
          Shapes.wholeNumber(FEWEST_DAYS, MOST_DAYS),
          "90",
          "The days over which churn is observed, in churn_levels.");
  private static final Key<Rates> LEVELS =
      Key.inherited(
          "levels",
          new RatesShape(
              new MapOf<>(
                  Shapes.share(1),
                  "a mapping of levels to shares, such as {1: 80%, 5: 1.5%}",
                  false)),
          "{1: 0.8, 5: 0.015}",
          "The share of customers expected to leave, by level of satisfaction; linear in between,"
              + " constant beyond the ends. Or stated: the built-in shares; learned: those that were"
              + " observed, of at least 30 customers a level.");

  private ChurnKeys() {}

  /** Rates by level, or a word for them. */
  private sealed interface Rates {
    /** Rates that the configuration has. */
    record Given(Map<String, BigDecimal> byLevel) implements Rates {}

    /** Built-in rates, or those that were observed in their place. */
    enum BuiltIn implements Rates {
      STATED,
      LEARNED
    }
  }

  /** Shape of rates by level, or of a word for them. */
  private record RatesShape(MapOf<BigDecimal> rates) implements Shape<Rates> {
    private static final EnumShape<Rates.BuiltIn> WORDS = EnumShape.of(Rates.BuiltIn.class);

    @Override
    public Optional<Rates> read(Value value, Problems problems) {
      boolean isWord = value instanceof Scalar scalar && WORDS.words().containsKey(scalar.text());
      return isWord
          ? WORDS.read(value, problems).map(Rates.class::cast)
          : rates.read(value, problems).map(Rates.Given::new);
    }

    @Override
    public String expected() {
      return "stated, learned or " + rates.expected();
    }

    @Override
    public ObjectNode schema() {
      return JsonSchema.anyOf(WORDS.schema(), rates.schema());
    }
  }

  static Key<Optional<ChurnSettings>> key() {
    return Key.block(
        "churn",
        OptionalBlock.optional(
            ObjectShape.of(List.of(BY, OF, LEFT, PERIOD_DAYS, LEVELS), ChurnKeys::churn)),
        "Expected churn of customers who have ever bought, by satisfaction, and the value at"
            + " risk.");
  }

  private static ChurnSettings churn(ObjectFields fields) {
    boolean isLearned = fields.of(LEVELS) == Rates.BuiltIn.LEARNED;
    return new ChurnSettings(
        fields.of(BY),
        fields.of(OF),
        fields.find(LEFT),
        fields.of(PERIOD_DAYS),
        fields.of(LEVELS) instanceof Rates.Given given
            ? levels(given.byLevel(), fields)
            : DefaultModels.models().churn().orElseThrow().levels(),
        isLearned,
        !fields.isSaid(BY.name()) && !fields.isSaid(OF.name()),
        fields.at());
  }

  private static SortedMap<BigDecimal, BigDecimal> levels(
      Map<String, BigDecimal> given, ObjectFields fields) {
    SortedMap<BigDecimal, BigDecimal> levels = new TreeMap<>();
    given.forEach(
        (level, share) ->
            Shapes.number(level)
                .ifPresentOrElse(
                    number -> add(number, Shapes.plain(share), levels, fields),
                    () ->
                        note(
                            fields,
                            "'%s' has the level '%s', expected a number such as 1 or 4.5."
                                .formatted(fields.at(LEVELS).key(), level))));
    if (levels.size() < FEWEST_LEVELS) {
      note(
          fields,
          "'%s' has %d, expected at least %d levels to draw a line between. Add one."
              .formatted(fields.at(LEVELS).key(), levels.size(), FEWEST_LEVELS));
    }
    return levels;
  }

  private static void add(
      BigDecimal level,
      BigDecimal share,
      SortedMap<BigDecimal, BigDecimal> levels,
      ObjectFields fields) {
    if (levels.put(level, share) != null) {
      note(
          fields,
          "'%s' has the level %s twice. Keep one."
              .formatted(fields.at(LEVELS).key(), level.toPlainString()));
    }
  }

  private static void note(ObjectFields fields, String message) {
    fields.problems().add(fields.at(LEVELS), message);
  }
}
