package io.karat.scores;

import static org.apache.spark.sql.functions.lit;

import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.Pyramid;
import io.karat.settings.Pyramid.Normalisation;
import io.karat.settings.WeightedIndicator;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Columns of {@code value_contributions} with the value of an indicator that is measured against a
 * target, and the target beside it.
 */
record TargetColumns(ScorePlan plan) {
  private static final int DIGITS = 18;
  private static final int DECIMALS = 6;

  /** An indicator with a target in a model. */
  private record Targeted(
      String model, WeightedIndicator weighted, Optional<CutDefinition> definition) {}

  private List<Targeted> all() {
    CutDefinitions definitions = new CutDefinitions(plan);
    List<Targeted> all = new ArrayList<>();
    for (Pyramid pyramid : plan.models().pyramids()) {
      if (pyramid.normalisation() == Normalisation.TARGET) {
        pyramid
            .weights()
            .forEach(
                it ->
                    all.add(new Targeted(pyramid.name(), it, definitions.indicator(pyramid, it))));
      }
    }
    plan.models()
        .scorecard()
        .ifPresent(
            card ->
                card.perspectives()
                    .forEach(
                        (perspective, view) ->
                            view.indicators()
                                .forEach(
                                    it ->
                                        all.add(
                                            new Targeted(
                                                ScoreColumns.model(perspective),
                                                it,
                                                definitions.target(card, perspective, it))))));
    return all;
  }

  List<ColumnContract> contracts() {
    return all().stream()
        .flatMap(
            it ->
                TableDefinitions.part(
                    isMoney(it) ? "money_target" : "number_target",
                    Map.of(
                        "model",
                        it.model(),
                        "indicator",
                        it.weighted().indicator(),
                        "money_scale",
                        plan.money().scale()))
                    .stream())
        .toList();
  }

  /** The columns of scored customers, in the order of the contracts. */
  List<Column> columns(FittedCuts fitted) {
    List<Column> columns = new ArrayList<>();
    for (Targeted it : all()) {
      String name = it.model() + "_" + it.weighted().indicator();
      DataType type =
          DataTypes.createDecimalType(DIGITS, isMoney(it) ? plan.money().scale() : DECIMALS);
      Optional<BigDecimal> target = PointScales.target(it.weighted(), fitted.of(it.definition()));
      columns.add(Columns.column(it.weighted().indicator()).try_cast(type).as(name + "_actual"));
      Column aim = target.map(value -> lit(value)).orElse(lit(null));
      columns.add(aim.try_cast(type).as(name + "_target"));
    }
    return columns;
  }

  private boolean isMoney(Targeted targeted) {
    return plan.indicator(targeted.weighted().indicator()).indicator().unit() == Unit.MONEY;
  }
}
