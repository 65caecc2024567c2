package io.karat.scores;

import static io.karat.settings.Translations.text;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.expressions.Spelling;
import io.karat.settings.BuyerTypes;
import io.karat.settings.ChurnSettings;
import io.karat.settings.LabelSettings;
import io.karat.settings.LabelSettings.Rule;
import io.karat.settings.ModelColumns;
import io.karat.settings.Models;
import io.karat.settings.ScreeningSettings;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Validation of labels: their rules may name indicators, columns of other models, and labels before
 * them.
 */
final class LabelValidation {
  private static final int FEWEST_RULES = 2;
  private static final String LABELS = "labels.";
  private static final String LEFT = "churn.left";

  private final Models configured;
  private final Models others;
  private final IndicatorUse use;
  private final Map<String, MissingReason> off;
  private final Map<String, String> owners;
  private final KnownCodes codes;
  private final List<LabelSettings> usable = new ArrayList<>();

  /**
   * Labels to validate.
   *
   * @param others the models that can be computed, without labels
   * @param off receives what is left out
   */
  LabelValidation(
      Models configured, Models others, IndicatorUse use, Map<String, MissingReason> off) {
    this.configured = configured;
    this.others = others;
    this.use = use;
    this.off = off;
    this.codes = new KnownCodes(others);
    this.owners = new ModelColumns(configured).owners();
  }

  /** The models that can be computed, labels included. */
  Models models() {
    configured.labels().forEach(this::add);
    return new Models(
        others.classifications(),
        others.bigTicket(),
        others.pyramids(),
        others.scorecard(),
        others.rfm(),
        usable,
        configured.screenings().stream().filter(this::isUsable).toList(),
        others.buyerTypes().filter(this::isUsable),
        others.churn().map(this::usable),
        others.clustering(),
        others.names());
  }

  /** Those who are screened are a label without a column. */
  private boolean isUsable(ScreeningSettings screening) {
    LabelSettings among =
        new LabelSettings(
            "screening." + screening.name() + ".among", List.of(), false, screening.at());
    List<MissingReason> lacks = new ArrayList<>();
    screening.among().flatMap(when -> lack(when, among)).ifPresent(lacks::add);
    for (ScreeningSettings.Criterion criterion : screening.criteria()) {
      Location by = criterion.at().child("by");
      use.number(criterion.by(), by, by, false).ifPresent(lacks::add);
    }
    return lacks.isEmpty();
  }

  /** Key customers are a label without a column. */
  private boolean isUsable(BuyerTypes types) {
    boolean isDefault = types.among().at().isDefault();
    Optional<MissingReason> lack =
        lack(
            types.among(),
            new LabelSettings(BuyerTypes.KEY + ".among", List.of(), isDefault, types.at()));
    lack.ifPresent(it -> off.put(BuyerTypes.KEY, it));
    return lack.isEmpty();
  }

  /** Customers who have left are a label without a column. */
  private ChurnSettings usable(ChurnSettings churn) {
    LabelSettings left = new LabelSettings(LEFT, List.of(), churn.isLeftDefault(), churn.at());
    Optional<MissingReason> lack = churn.left().flatMap(when -> lack(when, left));
    lack.ifPresent(it -> off.put(LEFT, it));
    return lack.isPresent() ? churn.withoutLeft() : churn;
  }

  private void add(LabelSettings label) {
    List<Rule> rules = new ArrayList<>();
    List<MissingReason> lacks = new ArrayList<>();
    Map<String, MissingReason> dropped = new LinkedHashMap<>();
    for (Rule rule : label.rules()) {
      Optional<MissingReason> lack = rule.when().flatMap(when -> lack(when, label));
      lack.ifPresentOrElse(
          it -> {
            lacks.add(it);
            dropped.put("labels.%s rule %s".formatted(label.name(), rule.then()), it);
          },
          () -> rules.add(rule));
    }

    if (rules.size() < FEWEST_RULES && !lacks.isEmpty()) {
      off.put("labels." + label.name(), MissingReason.ofAll(lacks));
    } else {
      off.putAll(dropped);
      LabelSettings kept = new LabelSettings(label.name(), rules, label.isDefault(), label.at());
      usable.add(kept);
      codes.add(kept);
      if (!label.isDefault()) {
        new RuleReach(codes.byColumn(), use.problems()).check(kept);
      }
    }
  }

  private Optional<MissingReason> lack(Expression when, LabelSettings label) {
    List<MissingReason> lacks = new ArrayList<>();
    parsed(when)
        .ifPresent(
            condition -> {
              condition.words().forEach(word -> lack(word, when.at(), label).ifPresent(lacks::add));
              condition
                  .comparedWords()
                  .forEach(
                      (word, others) ->
                          others.forEach(
                              other -> lack(word, other, when.at()).ifPresent(lacks::add)));
            });
    return lacks.isEmpty() ? Optional.empty() : Optional.of(MissingReason.ofAll(lacks));
  }

  private Optional<RowExpression> parsed(Expression when) {
    try {
      return Optional.of(RowExpression.parse(when.sql()));
    } catch (ExpressionException refused) {
      use.problems().add(when.at(), "'%s': %s.".formatted(when.at().key(), refused.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<MissingReason> lack(String word, Location at, LabelSettings label) {
    Optional<String> owner = Optional.ofNullable(owners.get(word));
    if (owner.isEmpty()) {
      return indicator(word, at, label);
    }

    String model = owner.get();
    Optional<MissingReason> reason =
        Optional.ofNullable(off.get(model))
            .or(() -> Optional.ofNullable(off.get(model.replaceFirst("\\..*", ""))));
    if (reason.isPresent()) {
      if (!at.isDefault()) {
        use.problems()
            .add(
                at,
                "'%s' uses '%s', but '%s' is off: %s."
                    .formatted(at.key(), word, model, reason.get().reason().en()));
      }
      return reason.filter(it -> at.isDefault());
    }

    if (isAfter(model, label)) {
      use.problems()
          .add(
              at,
              "'%s' uses '%s' of '%s', which is computed later. Use what comes before it, such as indicators, classes and tiers."
                  .formatted(at.key(), word, model));
    }
    if (model.startsWith(LABELS) && !isBefore(word)) {
      use.problems()
          .add(
              at,
              "'%s' uses '%s', which is not computed before '%s'. Move it up."
                  .formatted(at.key(), word, label.at().key()));
    }
    return Optional.empty();
  }

  /**
   * Whether a model is computed after the rules: screenings after labels, buyer types after both.
   */
  private boolean isAfter(String model, LabelSettings label) {
    boolean isLabel = configured.labels().stream().anyMatch(it -> it.at().equals(label.at()));
    return (isLabel && model.startsWith("screening."))
        || (model.equals(BuyerTypes.KEY) && !label.name().equals(LEFT));
  }

  /** Checks that a column can have the code with which it is compared. */
  private Optional<MissingReason> lack(String column, String code, Location at) {
    Set<String> known = codes.byColumn().getOrDefault(column, Set.of());
    if (known.isEmpty() || known.contains(code)) {
      return Optional.empty();
    }

    if (at.isDefault()) {
      return Optional.of(MissingReason.of(text("missing.never", column, code)));
    }

    use.problems()
        .add(
            at,
            "'%s' compares '%s' with '%s', expected one of: %s.%s"
                .formatted(
                    at.key(), column, code, String.join(", ", known), Spelling.hint(code, known)));
    return Optional.empty();
  }

  private boolean isBefore(String label) {
    return usable.stream().anyMatch(it -> it.name().equals(label));
  }

  private Optional<MissingReason> indicator(String word, Location at, LabelSettings label) {
    if (use.column(word).isPresent()) {
      return use.lack(word, at, label.isDefault());
    }

    if (label.isDefault()) {
      return Optional.of(MissingReason.of(text("missing.off", word)));
    }

    Set<String> known = new LinkedHashSet<>(owners.keySet());
    known.addAll(use.names(word));
    return use.refuse(word, at, "neither an indicator nor a column of a model", known);
  }
}
