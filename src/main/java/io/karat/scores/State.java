package io.karat.scores;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.BilingualText;
import io.karat.settings.BuyerTypes;
import io.karat.settings.LabelSettings;
import io.karat.settings.LevelSettings;
import io.karat.settings.Models;
import io.karat.settings.Rfm;
import io.karat.settings.Scorecard;
import io.karat.settings.ScreeningSettings;
import io.karat.tables.Columns;
import io.karat.tables.TableDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column of {@code customer_value} with a few codes: a class, a tier, a quadrant, an RFM segment
 * or a label.
 *
 * @param column the column
 * @param codes the possible codes, in order, the best first if there is a best
 * @param meaning the description for readers
 */
public record State(String column, List<String> codes, BilingualText meaning) {
  public State {
    codes = List.copyOf(codes);
  }

  /** The states of models, in the order of their columns. */
  static List<State> of(Models models) {
    List<State> states = new ArrayList<>();
    models
        .classifications()
        .forEach(
            it ->
                states.add(
                    new State(
                        it.name(),
                        codes(it.classes()),
                        TableDefinitions.text("class", Map.of("by", it.by())))));
    models
        .pyramids()
        .forEach(
            it ->
                states.add(
                    new State(
                        ScoreColumns.tier(it),
                        codes(it.tiers()),
                        TableDefinitions.text("tier", Map.of("pyramid", it.name())))));
    models
        .scorecard()
        .ifPresent(
            it ->
                states.add(
                    new State(
                        ScoreColumns.QUADRANT,
                        Scorecard.QUADRANTS,
                        TableDefinitions.text("quadrant", Map.of()))));
    models
        .rfm()
        .ifPresent(
            it ->
                states.add(
                    new State(
                        ScoreColumns.RFM_SEGMENT,
                        it.names().stream().map(Rfm.Name::name).distinct().toList(),
                        TableDefinitions.text("rfm_segment", Map.of()))));
    models
        .labels()
        .forEach(
            it ->
                states.add(
                    new State(
                        it.name(),
                        it.rules().stream().map(LabelSettings.Rule::then).distinct().toList(),
                        TableDefinitions.text("label", Map.of("label", it.name())))));
    models
        .screenings()
        .forEach(
            it ->
                states.add(
                    new State(
                        it.name(),
                        ScreeningSettings.CODES,
                        TableDefinitions.text("screening", Map.of("screening", it.name())))));
    models
        .buyerTypes()
        .ifPresent(
            it ->
                states.add(
                    new State(
                        BuyerTypes.TYPE,
                        it.codes(),
                        TableDefinitions.text("buyer_type", Map.of("among", it.among().sql())))));
    return states;
  }

  /** The states whose first code is that of key accounts: classes, tiers and the quadrant. */
  public static List<State> ofKeyAccounts(Models models) {
    Set<String> labels =
        models.labels().stream().map(LabelSettings::name).collect(Collectors.toSet());
    return of(models).stream()
        .filter(state -> !labels.contains(state.column()))
        .filter(state -> !state.column().equals(ScoreColumns.RFM_SEGMENT))
        .filter(state -> !state.column().equals(BuyerTypes.TYPE))
        .toList();
  }

  private static List<String> codes(LevelSettings levels) {
    return levels.levels().stream().map(LevelSettings.Level::name).toList();
  }

  /** The place of the code in a column among the codes, from 1; null for any other code. */
  public Column rank(String of) {
    Column rank = when(lit(false), lit(0));
    for (int i = 0; i < codes.size(); i++) {
      rank = rank.when(Columns.column(of).equalTo(codes.get(i)), lit(i + 1));
    }
    return rank;
  }

  /** The name of the code in the column; null if there is no code. */
  public Column named(Function<String, String> name) {
    Column named = when(lit(false), lit("").cast(DataTypes.StringType));
    for (String code : codes) {
      named = named.when(Columns.column(column).equalTo(code), lit(name.apply(code)));
    }
    return named;
  }
}
