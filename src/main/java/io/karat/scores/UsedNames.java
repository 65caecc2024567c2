package io.karat.scores;

import io.karat.expressions.RowExpression;
import io.karat.settings.ChurnSettings;
import io.karat.settings.LabelSettings;
import io.karat.settings.LevelSettings;
import io.karat.settings.LevelSettings.Condition.TopValueShare;
import io.karat.settings.Models;
import io.karat.settings.OneOffSettings;
import io.karat.settings.RankedPopulation;
import io.karat.settings.ScreeningSettings;
import io.karat.settings.WeightedIndicator;
import io.karat.settings.yaml.Expression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that models use, model by model; those of labels may be columns of other models too.
 */
final class UsedNames {
  private final Set<String> names = new LinkedHashSet<>();

  private UsedNames() {}

  static Set<String> of(Models models) {
    UsedNames used = new UsedNames();
    used.names.add(RankedPopulation.BOUGHT);
    models.classifications().forEach(it -> used.names.add(it.by()));
    models.bigTicket().ifPresent(it -> used.names.addAll(OneOffSettings.INDICATORS));
    models.bigTicket().ifPresent(it -> used.names.add(OneOffSettings.SERVICE_COST));
    models
        .pyramids()
        .forEach(
            pyramid -> {
              used.add(pyramid.weights());
              used.add(pyramid.tiers());
            });
    models
        .scorecard()
        .ifPresent(card -> card.perspectives().values().forEach(it -> used.add(it.indicators())));
    models
        .rfm()
        .ifPresent(
            rfm ->
                List.of(rfm.recency(), rfm.frequency(), rfm.monetary())
                    .forEach(axis -> used.names.add(axis.indicator())));
    models.churn().ifPresent(churn -> used.names.addAll(List.of(churn.by(), churn.of())));
    models.churn().flatMap(ChurnSettings::left).ifPresent(used::add);
    models.labels().forEach(used::add);
    for (ScreeningSettings screening : models.screenings()) {
      screening.among().ifPresent(used::add);
      screening.criteria().forEach(criterion -> used.names.add(criterion.by()));
    }
    models
        .buyerTypes()
        .ifPresent(
            it -> {
              used.add(it.among());
              it.kinds().forEach(kind -> used.add(kind.weights()));
            });
    models
        .clustering()
        .ifPresent(it -> it.features().forEach(one -> used.names.add(one.indicator())));
    if (models.bigTicket().isPresent() || used.names.contains(UsualInterval.COLUMN)) {
      used.names.add(UsualInterval.OWN);
    }
    return used.names;
  }

  private void add(List<WeightedIndicator> weights) {
    for (WeightedIndicator weight : weights) {
      names.add(weight.indicator());
      weight.aboveMedian().ifPresent(names::add);
    }
  }

  private void add(LevelSettings levels) {
    levels.levels().stream()
        .flatMap(level -> level.condition().stream())
        .filter(TopValueShare.class::isInstance)
        .flatMap(share -> ((TopValueShare) share).of().stream())
        .forEach(names::add);
  }

  private void add(LabelSettings label) {
    label.rules().stream().flatMap(rule -> rule.when().stream()).forEach(this::add);
  }

  private void add(Expression when) {
    RowExpression.find(when.sql()).ifPresent(condition -> names.addAll(condition.words()));
  }
}
