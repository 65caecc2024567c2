package io.karat.settings;

import static io.karat.settings.Translations.text;

import io.karat.run.Fingerprint;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Settings of buyer types, of what key customers value most (Rackham and De Vincentis 1999), as the
 * largest of several scores.
 *
 * @param among the condition on key customers; others have no type
 * @param margin the points by which the largest score has to lead
 * @param kinds the scores, without tiers, in the order of their columns
 */
public record BuyerTypes(Expression among, BigDecimal margin, List<Pyramid> kinds, Location at) {
  /** The key of the configuration. */
  public static final String KEY = "buyer_types";

  /** The column of the type. */
  public static final String TYPE = "buyer_type";

  /** The column of the points by which the largest score leads. */
  public static final String MARGIN = "buyer_type_margin";

  /** The code of customers none of whose scores leads. */
  public static final String UNDECIDED = "UNDECIDED";

  /** The name of the code that other models do not have, if none is configured. */
  public static final BilingualText UNDECIDED_NAME = text("buyer_types.undecided");

  public BuyerTypes {
    kinds = List.copyOf(kinds);
  }

  /** The code of a kind. */
  public static String code(Pyramid kind) {
    return kind.name().toUpperCase(Locale.ROOT);
  }

  /** The codes of {@link #TYPE}. */
  public List<String> codes() {
    List<String> codes = new ArrayList<>(kinds.stream().map(BuyerTypes::code).toList());
    codes.add(UNDECIDED);
    return codes;
  }

  /** The same with other kinds. */
  public BuyerTypes with(List<Pyramid> others) {
    return new BuyerTypes(among, margin, others, at);
  }

  /** Whether a label is the built-in one whose place they take. */
  boolean replaces(LabelSettings label) {
    return label.isDefault() && label.name().equals(TYPE);
  }

  /** Who is ranked, in words that change with the models that decide it. */
  public String population(Models models) {
    return "%s by models %s"
        .formatted(among.sql(), Fingerprint.of(List.of(models.ofKeyCustomers())));
  }
}
