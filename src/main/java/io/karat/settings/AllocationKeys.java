package io.karat.settings;

import io.karat.settings.AllocationSettings.Answers;
import io.karat.settings.AllocationSettings.Effort;
import io.karat.settings.AllocationSettings.Method;
import io.karat.settings.AllocationSettings.Period;
import io.karat.settings.AllocationSettings.Worth;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys under {@code allocation}. */
final class AllocationKeys {
  private static final int MOST_UNITS = 100_000;
  private static final int LARGEST_ANSWER = 1_000_000;

  private static final Key<Integer> TOTAL =
      Key.required(
          "total",
          Shapes.wholeNumber(1, MOST_UNITS),
          "1",
          "The units that there are in a period; a large budget in units of its own.");
  private static final Key<Period> PER =
      Key.byDefault(
          "per",
          EnumShape.of(Period.class),
          "quarter",
          "The period of the total: 7, 30, 90 or 365 days. Measure and value are brought to it from"
              + " their own windows.");
  private static final Key<String> MEASURE =
      Key.required(
          "measure",
          IndicatorReferences.one(),
          "contact_count_90d",
          "The indicator that counts the units spent so far, such as contact_count_90d.");
  private static final Key<BigDecimal> COST =
      Key.byDefault("cost", Shapes.upTo(999_999_999), "0", "The cost of one unit.");
  private static final Key<String> ORDER =
      Key.byDefault(
          "order",
          Shapes.text("the name of a class, tier or label"),
          "profit_tier",
          "The class, tier or label whose customers share the total.");
  private static final Key<String> VALUE =
      Key.required(
          "value",
          Shapes.text("a number of customer_indicators or customer_value"),
          "net_sales_amount_365d",
          "What customers are worth, such as profit_365d.");
  private static final Key<BigDecimal> MARGIN =
      Key.byDefault("margin", Shapes.part(), "1", "The share of the value that is profit.");
  private static final Key<Method> METHOD =
      Key.byDefault(
          "method",
          EnumShape.of(Method.class),
          "value",
          "Among tiers by given shares, in proportion to value, or by marginal profit; within a"
              + " tier in proportion to value.");
  private static final Key<Map<String, BigDecimal>> SHARE =
      Key.byDefault(
          "share",
          new MapOf<>(Shapes.share(1), "a mapping of tiers to shares such as {GOLD: 0.4}", false),
          "{}",
          "The share of the total of each tier, together 1; for method: share.");

  private static final Key<BigDecimal> NONE = answer("none", "no effort at all");
  private static final Key<BigDecimal> HALF = answer("half", "half of the present effort");
  private static final Key<BigDecimal> MORE = answer("more", "half as much effort again");
  private static final Key<BigDecimal> MOST = answer("most", "all the effort imaginable");
  private static final Key<Map<String, Answers>> RESPONSE =
      Key.byDefault(
          "response",
          new MapOf<>(
              ObjectShape.of(List.of(NONE, HALF, MORE, MOST), AllocationKeys::answers),
              "a mapping of tiers to answers such as {GOLD: {none: 0.6, half: 0.85, more: 1.15,"
                  + " most: 1.3}}",
              false),
          "{}",
          "The value of each tier that is expected, as multiples of the present one; a tier without"
              + " answers has its least effort.");
  private static final Key<Map<String, Integer>> LEAST =
      Key.byDefault(
          "least",
          new MapOf<>(
              Shapes.wholeNumber(0, MOST_UNITS),
              "a mapping of tiers to whole numbers such as {GOLD: 3}",
              false),
          "{}",
          "The units that each customer of a tier has at least.");
  private static final Key<Integer> MOST_EACH =
      Key.optional(
          "most_each", Shapes.wholeNumber(1, MOST_UNITS), "The units of one customer at most.");
  private static final Key<String> DIFFICULTY =
      Key.optional(
          "difficulty",
          Shapes.text("the name of a label"),
          "The label that says how hard it is to develop a customer.");
  private static final Key<LabelSettings> TREATMENT =
      Key.byDefault(
          "treatment",
          LabelKeys.label(),
          "[{when: effort_proposed = 0 AND effort_now = 0, then: NO_EFFORT},"
              + " {when: effort_gap >= 0.5, then: INVEST}, {when: effort_gap <= -0.5, then: REDUCE},"
              + " {then: HOLD}]",
          "How a customer is treated: the first rule that holds, over effort_now, effort_proposed,"
              + " effort_gap, difficulty, and columns of customer_indicators and customer_value.");

  private AllocationKeys() {}

  static Key<Map<String, AllocationSettings>> key() {
    return Key.byDefault(
        "allocation",
        new OptionalBlock<>(
            new MapOf<>(
                ObjectShape.of(
                    List.of(
                        TOTAL,
                        PER,
                        MEASURE,
                        COST,
                        ORDER,
                        VALUE,
                        MARGIN,
                        METHOD,
                        SHARE,
                        RESPONSE,
                        LEAST,
                        MOST_EACH,
                        DIFFICULTY,
                        TREATMENT),
                    AllocationKeys::allocation),
                "a mapping of resources such as visits",
                true),
            Map.of()),
        "{}",
        "Visits, a budget or any other effort, allocated among tiers and customers; off unless it"
            + " is here.");
  }

  /** The codes of treatments. */
  static Set<String> named(Map<String, AllocationSettings> allocation) {
    return allocation.entrySet().stream()
        .flatMap(
            resource ->
                Stream.concat(
                    Stream.of(resource.getKey()),
                    resource.getValue().treatment().rules().stream().map(LabelSettings.Rule::then)))
        .collect(Collectors.toSet());
  }

  private static Key<BigDecimal> answer(String name, String effort) {
    return Key.required(
        name,
        Shapes.upTo(LARGEST_ANSWER),
        "1",
        "The value with " + effort + ", as a multiple of the present one.");
  }

  private static Answers answers(ObjectFields fields) {
    Answers answers =
        new Answers(fields.of(NONE), fields.of(HALF), fields.of(MORE), fields.of(MOST));
    List<BigDecimal> rising =
        List.of(answers.none(), answers.half(), BigDecimal.ONE, answers.more(), answers.most());
    boolean isRising = true;
    for (int i = 1; i < rising.size(); i++) {
      isRising &= rising.get(i - 1).compareTo(rising.get(i)) < 0;
    }
    boolean isWhole = Stream.of(NONE, HALF, MORE, MOST).allMatch(fields::has);
    if (isWhole && !isRising) {
      fields
          .problems()
          .add(
              fields.at(),
              "'%s' does not rise: expected none < half < 1 < more < most. Correct the answers."
                  .formatted(fields.at().key()));
    }
    return answers;
  }

  private static AllocationSettings allocation(ObjectFields fields) {
    Method method = fields.of(METHOD);
    Map<String, BigDecimal> shares = fields.of(SHARE);
    checkShares(method, shares, fields);
    if (method == Method.RESPONSE && fields.of(RESPONSE).isEmpty()) {
      note(RESPONSE, "'%s' is empty, expected answers, as 'method' is response. Add them.", fields);
    }
    return new AllocationSettings(
        new Effort(fields.of(TOTAL), fields.of(PER), fields.of(MEASURE), fields.of(COST)),
        fields.of(ORDER),
        new Worth(fields.of(VALUE), fields.of(MARGIN)),
        method,
        shares,
        fields.of(RESPONSE),
        fields.of(LEAST),
        fields.find(MOST_EACH),
        fields.find(DIFFICULTY),
        fields.of(TREATMENT),
        fields.at());
  }

  private static void checkShares(
      Method method, Map<String, BigDecimal> shares, ObjectFields fields) {
    BigDecimal sum = shares.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (method == Method.SHARE && sum.compareTo(BigDecimal.ONE) != 0) {
      note(
          SHARE,
          "'%s' adds up to "
              + Shapes.plain(sum).toPlainString()
              + ", expected 1. Correct the shares.",
          fields);
    }
    if (method != Method.SHARE && !shares.isEmpty()) {
      note(SHARE, "'%s' is not used. Write 'method: share' or remove it.", fields);
    }
  }

  private static void note(Key<?> key, String message, ObjectFields fields) {
    Location at = fields.at(key);
    fields.problems().add(at, message.formatted(at.key()));
  }
}
