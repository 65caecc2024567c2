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
 * @param periodDays the days between two charges of a contract; 0 of purchases at random
 */
public record PurchaseForm(
    PurchaseFamily family, boolean hasEqualRates, Dropout dropout, double periodDays)
    implements Serializable {
  /** A form of purchases at random. */
  PurchaseForm(PurchaseFamily family, boolean hasEqualRates, Dropout dropout) {
    this(family, hasEqualRates, dropout, 0);
  }

  /** The dropout of customers. */
  public enum Dropout {
    /** Each has a chance or rate of dropout of their own. */
    VARIED,
    /** All have the same. */
    EQUAL,
    /** Nobody drops out. */
    NONE
  }

  /** The model of purchases at random with all parameters. */
  public static PurchaseForm full(PurchaseFamily family) {
    return new PurchaseForm(family, false, Dropout.VARIED);
  }

  /** The model of contracts with all parameters. */
  static PurchaseForm contractual(double periodDays) {
    return new PurchaseForm(PurchaseFamily.CONTRACTUAL, false, Dropout.VARIED, periodDays);
  }

  /** The full models of purchases at random. */
  static List<PurchaseForm> atRandom() {
    return PurchaseFamily.AT_RANDOM.stream().map(PurchaseForm::full).toList();
  }

  /** The models nested in this full one, those with the fewest parameters first. */
  List<PurchaseForm> nested() {
    return isContractual()
        ? List.of(new PurchaseForm(family, false, Dropout.EQUAL, periodDays))
        : Stream.of(Dropout.NONE, Dropout.EQUAL, Dropout.VARIED)
            .flatMap(it -> Stream.of(true, false).map(equal -> new PurchaseForm(family, equal, it)))
            .filter(PurchaseForm::isNested)
            .sorted(Comparator.comparing(form -> form.parameters().size()))
            .toList();
  }

  /** This full form or one nested in it, by its name; empty if there is none. */
  Optional<PurchaseForm> named(String word) {
    return Stream.concat(Stream.of(this), nested().stream())
        .filter(form -> form.word().equals(word))
        .findFirst();
  }

  public boolean isNested() {
    return hasEqualRates || dropout != Dropout.VARIED;
  }

  boolean isContractual() {
    return family == PurchaseFamily.CONTRACTUAL;
  }

  /** The names of the parameters; all values are above 0. */
  public List<String> parameters() {
    List<String> names = new ArrayList<>();
    if (!isContractual()) {
      names.addAll(hasEqualRates ? List.of("lambda") : List.of("r", "alpha"));
    }
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
    if (isContractual()) {
      return new ShiftedBetaGeometric(this, chances(parameters));
    }

    return family == PurchaseFamily.PARETONBD && dropout != Dropout.NONE
        ? new ParetoNbd(this, rates(parameters), leaving(parameters))
        : new BetaGeometric(this, rates(parameters), chances(parameters));
  }

  Likelihood likelihood(PurchaseHistories histories) {
    if (isContractual()) {
      return ContractLikelihood.of(this, histories);
    }

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
    int ofRates = isContractual() ? 0 : hasEqualRates ? 1 : 2;
    return parameters.subList(ofRates, parameters.size());
  }

  /** The purchases before the repeats after which customers may drop out. */
  int chancesBeforeRepeats() {
    return family == PurchaseFamily.MBGNBD ? 1 : 0;
  }
}
