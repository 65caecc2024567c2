package io.karat.lifetime;

import static io.karat.settings.Translations.text;

import io.karat.settings.BilingualText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A purchase model of a family: the full one, or one nested in it, to which the full one comes ever
 * closer where its likelihood has no maximum.
 *
 * @param hasEqualRates whether all customers buy at one rate
 */
public record PurchaseForm(PurchaseFamily family, boolean hasEqualRates, Dropout dropout)
    implements Serializable {
  /** The dropout of customers. */
  public enum Dropout {
    /** Each has a chance or rate of dropout of their own. */
    VARIED,
    /** All have the same. */
    EQUAL,
    /** Nobody drops out. */
    NONE
  }

  /** The model with all parameters. */
  public static PurchaseForm full(PurchaseFamily family) {
    return new PurchaseForm(family, false, Dropout.VARIED);
  }

  /** The nested models, those with the fewest parameters first. */
  static List<PurchaseForm> nestedIn(PurchaseFamily family) {
    return Stream.of(Dropout.NONE, Dropout.EQUAL, Dropout.VARIED)
        .flatMap(dropout -> Stream.of(true, false).map(it -> new PurchaseForm(family, it, dropout)))
        .filter(form -> !form.equals(full(family)))
        .sorted(Comparator.comparing(form -> form.parameters().size()))
        .toList();
  }

  /** The form with this name; empty if the family has none. */
  static Optional<PurchaseForm> named(PurchaseFamily family, String word) {
    return Stream.concat(Stream.of(full(family)), nestedIn(family).stream())
        .filter(form -> form.word().equals(word))
        .findFirst();
  }

  public boolean isNested() {
    return !equals(full(family));
  }

  /** The names of the parameters; all values are above 0. */
  public List<String> parameters() {
    List<String> names = new ArrayList<>(hasEqualRates ? List.of("lambda") : List.of("r", "alpha"));
    names.addAll(
        switch (dropout) {
          case VARIED -> family.ofDropout();
          case EQUAL -> List.of(family.ofEqualDropout());
          case NONE -> List.<String>of();
        });
    return List.copyOf(names);
  }

  /** The name in model files, such as {@code bgnbd}, {@code nbd} or {@code bgnbd_equal_rates}. */
  public String word() {
    String suffix =
        (hasEqualRates ? "_equal_rates" : "") + (dropout == Dropout.EQUAL ? "_equal_dropout" : "");
    return dropout == Dropout.NONE ? (hasEqualRates ? "poisson" : "nbd") : family.word() + suffix;
  }

  /** What readers should know of a nested model; empty of a full one. */
  Optional<BilingualText> note() {
    if (!isNested()) {
      return Optional.empty();
    }

    String key = dropout == Dropout.NONE ? word() : word().substring(family.word().length() + 1);
    return Optional.of(text("fit." + key, text("family." + family.word())));
  }

  /** A model with these parameters. */
  public PurchaseModel model(List<Double> parameters) {
    return family == PurchaseFamily.PARETONBD && dropout != Dropout.NONE
        ? new ParetoNbd(this, rates(parameters), leaving(parameters))
        : new BetaGeometric(this, rates(parameters), chances(parameters));
  }

  Likelihood likelihood(PurchaseHistories histories) {
    return family == PurchaseFamily.PARETONBD && dropout != Dropout.NONE
        ? new ParetoNbdLikelihood(this, histories)
        : new BetaGeometricLikelihood(this, histories);
  }

  PurchaseRates rates(List<Double> parameters) {
    return hasEqualRates
        ? new EqualRates(parameters.get(0))
        : new GammaRates(parameters.get(0), parameters.get(1));
  }

  DropoutChances chances(List<Double> parameters) {
    List<Double> own = ofDropout(parameters);
    return switch (dropout) {
      case VARIED -> new BetaChances(own.get(0), own.get(1));
      case EQUAL -> new EqualChance(own.get(0));
      case NONE -> new NoDropout();
    };
  }

  LeavingRates leaving(List<Double> parameters) {
    List<Double> own = ofDropout(parameters);
    return dropout == Dropout.EQUAL
        ? new EqualLeaving(own.get(0))
        : new GammaLeaving(own.get(0), own.get(1));
  }

  private List<Double> ofDropout(List<Double> parameters) {
    return parameters.subList(hasEqualRates ? 1 : 2, parameters.size());
  }

  /** The purchases before the repeats after which customers may drop out. */
  int chancesBeforeRepeats() {
    return family == PurchaseFamily.MBGNBD ? 1 : 0;
  }
}
