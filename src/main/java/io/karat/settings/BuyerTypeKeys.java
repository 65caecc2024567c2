package io.karat.settings;

import io.karat.settings.Pyramid.Normalisation;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys under {@code buyer_types}. */
final class BuyerTypeKeys {
  private static final int MOST_MARGIN = 50;

  private static final Key<Expression> AMONG =
      Key.byDefault(
          "among",
          Shapes.expression(),
          "customer_class = 'LARGE'",
          "Spark SQL over indicators, scores, tiers, classes, labels and screenings: the key"
              + " customers. The others have no type.");
  private static final Key<BigDecimal> MARGIN =
      Key.byDefault(
          "margin",
          Shapes.upTo(MOST_MARGIN),
          "5",
          "The points by which the largest score has to lead; else the type is UNDECIDED.");
  private static final List<Key<Map<String, WeightedIndicator>>> KINDS =
      List.of(
          kind(
              "intrinsic",
              "{price_level_365d: {weight: 35, better: lower},"
                  + " discount_share_365d: {weight: 25, better: higher},"
                  + " product_count_365d: {weight: 20, better: lower},"
                  + " contact_count_365d: {weight: 20, better: lower}}",
              "price: low prices and discounts, few products, few contacts."),
          kind(
              "extrinsic",
              "{contacts_per_sale_365d: 30, suggestions_per_sale_365d: 20,"
                  + " service_cost_365d: {weight: 30, better: higher, above_median:"
                  + " gross_margin_365d}, product_count_365d: 20}",
              "advice and service: contacts and suggestions per sale, service that their margin"
                  + " pays for, many products."),
          kind(
              "strategic",
              "{share_of_wallet: 25, tenure_days: 15, process_count_365d: 20, advantage: 10,"
                  + " reputation: 10, strategic_focus: 10, regional_founder: 10}",
              "partnership: share of wallet, tenure, common processes, and the four strategic"
                  + " factors, which are characteristics that you declare."));

  private BuyerTypeKeys() {}

  static Key<Optional<BuyerTypes>> key() {
    List<Key<?>> keys = new ArrayList<>(List.of(AMONG, MARGIN));
    keys.addAll(KINDS);
    return Key.optional(
        BuyerTypes.KEY,
        OptionalBlock.optional(ObjectShape.of(keys, BuyerTypeKeys::buyerTypes)),
        "What key customers value, in place of the label buyer_type: a score for each kind, and the"
            + " largest of them; off unless it is here, {} takes the defaults.");
  }

  private static Key<Map<String, WeightedIndicator>> kind(
      String name, String weights, String meaning) {
    return Key.byDefault(
        name,
        WeightKeys.ranked("a mapping of indicators to weights, such as {tenure_days: 15}"),
        weights,
        "Customers who value "
            + meaning
            + " Each has a weight or {weight, better, above_median}, and counts by its rank among"
            + " key customers.");
  }

  private static BuyerTypes buyerTypes(ObjectFields fields) {
    List<Pyramid> kinds = new ArrayList<>();
    for (Key<Map<String, WeightedIndicator>> kind : KINDS) {
      kinds.add(
          new Pyramid(
              kind.name(),
              List.copyOf(fields.of(kind).values()),
              Normalisation.RANK,
              Optional.of(MissingValue.SKIP),
              RankedPopulation.KEY_CUSTOMERS,
              CutPolicy.FROZEN,
              new LevelSettings(List.of()),
              BigDecimal.ZERO,
              !fields.isSaid(kind.name()),
              fields.at(kind)));
    }
    return new BuyerTypes(fields.of(AMONG), fields.of(MARGIN), kinds, fields.at());
  }
}
