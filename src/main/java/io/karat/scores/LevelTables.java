package io.karat.scores;

import io.karat.indicators.IndicatorColumn;
import io.karat.quality.TierOrder;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.LevelSettings;
import io.karat.settings.Pyramid;
import io.karat.settings.Scorecard;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows of the tables with one row per level: its start, its customers and their net sales. */
final class LevelTables {
  private static final int DECIMALS = 3;
  private static final List<Function<LevelRule.Band, BigDecimal>> CUTS =
      List.of(LevelRule.Band::start, LevelRule.Band::rise, LevelRule.Band::fall);

  private final ScorePlan plan;
  private final Scores scores;
  private final CustomerCounts counts;

  LevelTables(ScorePlan plan, Scores scores, CustomerCounts counts) {
    this.plan = plan;
    this.scores = scores;
    this.counts = counts;
  }

  List<Row> tiers() {
    List<Row> rows = new ArrayList<>();
    plan.models()
        .classifications()
        .forEach(it -> rows.addAll(tiers(it.name(), scores.rule(it), CutText.of(it.classes()))));
    plan.models()
        .pyramids()
        .forEach(
            it ->
                rows.addAll(tiers(ScoreColumns.tier(it), scores.rule(it), CutText.of(it.tiers()))));
    return rows;
  }

  private List<Row> tiers(String model, LevelRule rule, List<String> definitions) {
    List<String> levels =
        Stream.concat(rule.starts().stream().map(LevelRule.Start::level), Stream.of(rule.last()))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      List<Object> values = new ArrayList<>(List.of(model, level));
      values.addAll(names(level));
      values.addAll(List.of(i + 1, rule.column(), definitions.get(i)));
      Optional<LevelRule.Band> band = band(rule, i);
      for (Function<LevelRule.Band, BigDecimal> cut : CUTS) {
        values.add(LevelContracts.number(band.map(cut)).orElse(null));
      }
      values.addAll(counts.values(counts.of(model, level), model));
      rows.add(RowFactory.create(values.toArray()));
    }
    return rows;
  }

  /** The means of the heaviest indicators by tier. */
  List<TierOrder> orders() {
    List<TierOrder> orders = new ArrayList<>();
    for (Pyramid pyramid : plan.models().pyramids()) {
      pyramid.heaviest().ifPresent(indicator -> orders.add(order(pyramid, indicator)));
    }
    return orders;
  }

  private TierOrder order(Pyramid pyramid, String indicator) {
    Map<BilingualText, BigDecimal> means = new LinkedHashMap<>();
    for (LevelSettings.Level tier : pyramid.tiers().levels()) {
      counts
          .of(ScoreColumns.tier(pyramid), tier.name())
          .heaviest()
          .ifPresent(mean -> means.put(plan.name(tier.name()), mean));
    }
    IndicatorColumn column = plan.indicator(indicator);
    return new TierOrder(
        pyramid.name(),
        column.label(),
        column.indicator().better(),
        means,
        column.indicator().unit() == Unit.MONEY ? plan.money()::text : LevelTables::plain);
  }

  private static String plain(BigDecimal mean) {
    return mean.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }

  private static Optional<LevelRule.Band> band(LevelRule rule, int level) {
    return level < rule.starts().size() ? rule.starts().get(level).band() : Optional.empty();
  }

  List<Row> quadrants() {
    return plan.models().scorecard().map(this::quadrants).orElse(List.of());
  }

  private List<Row> quadrants(Scorecard card) {
    List<Row> rows = new ArrayList<>();
    for (String quadrant : Scorecard.QUADRANTS) {
      List<Object> values = new ArrayList<>(List.of(quadrant));
      values.addAll(names(quadrant));
      Stream.of(card.current(), card.potential())
          .forEach(cut -> values.add(LevelContracts.number(Optional.of(cut)).orElseThrow()));
      values.addAll(
          counts.values(counts.of(ScoreColumns.QUADRANT, quadrant), ScoreColumns.QUADRANT));
      rows.add(RowFactory.create(values.toArray()));
    }
    return rows;
  }

  List<Row> rfmCells() {
    return scores.rfm().map(rfm -> new RfmCells(plan, rfm, counts).rows()).orElse(List.of());
  }

  private List<String> names(String code) {
    return List.of(plan.name(code).en(), plan.name(code).zh());
  }
}
