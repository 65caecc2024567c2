package io.karat.scores;

import static io.karat.settings.Translations.text;

import io.karat.indicators.MissingInputs;
import io.karat.settings.BilingualText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reasons why a default model, or a part of one, is left out.
 *
 * @param inputs the inputs that are not mapped
 * @param others any other reasons, each once
 */
public record MissingReason(Optional<MissingInputs> inputs, Set<BilingualText> others) {
  public MissingReason {
    others = Set.copyOf(others);
  }

  static MissingReason of(MissingInputs inputs) {
    return new MissingReason(Optional.of(inputs), Set.of());
  }

  static MissingReason of(BilingualText reason) {
    return new MissingReason(Optional.empty(), Set.of(reason));
  }

  /** The reasons of several parts together; at least one part. */
  public static MissingReason ofAll(List<MissingReason> lacks) {
    return lacks.stream().reduce(MissingReason::and).orElseThrow();
  }

  private MissingReason and(MissingReason other) {
    Optional<MissingInputs> both =
        inputs.map(mine -> other.inputs.map(mine::and).orElse(mine)).or(other::inputs);
    Set<BilingualText> reasons = new LinkedHashSet<>(others);
    reasons.addAll(other.others);
    return new MissingReason(both, reasons);
  }

  /** The reasons in one line, in an order that does not change. */
  public BilingualText reason() {
    List<BilingualText> all = new ArrayList<>();
    inputs.map(MissingInputs::reason).ifPresent(all::add);
    others.stream().sorted(Comparator.comparing(BilingualText::en)).forEach(all::add);
    return all.stream().reduce((one, more) -> text("missing.and", one, more)).orElseThrow();
  }
}
