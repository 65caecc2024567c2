package io.karat.scores;

import static org.apache.spark.sql.functions.lit;

import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.settings.BuyerTypes;
import io.karat.settings.Models;
import io.karat.settings.OneOffSettings;
import io.karat.settings.Rfm;
import io.karat.settings.Scorecard;
import io.karat.settings.ScreeningSettings;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableDefinitions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table {@code customer_value}: one row per customer with every score and state, the names of
 * the states, and the states of the night before.
 */
public final class ValueTable {
  public static final String NAME = "customer_value";

  private static final String PAST = "customer_id before";

  /** The columns of segments that the history keeps. */
  private static final Set<String> SEGMENT_KEPT =
      Set.of(
          ScoreColumns.SEGMENT_ID,
          ScoreColumns.SEGMENT_SINCE,
          ScoreColumns.SEGMENT_LEFT,
          ScoreColumns.SEGMENT_CONFIDENCE);

  private final ScorePlan plan;
  private final List<State> states;

  public ValueTable(ScorePlan plan) {
    this.plan = plan;
    this.states = State.of(plan.models());
  }

  /** The states, in the order of their columns. */
  public List<State> states() {
    return states;
  }

  /** The columns after the customer, which depend on the models. */
  public List<ColumnContract> columns() {
    List<ColumnContract> columns = new ArrayList<>(scores());
    states.forEach(state -> columns.addAll(new StateColumns(plan, state).contracts()));
    columns.addAll(ofSegments());
    return columns;
  }

  /** The columns that the history keeps: scores and codes, without those derived from them. */
  public List<ColumnContract> kept() {
    return columns().stream().filter(column -> !following().contains(column.name())).toList();
  }

  /** The columns of segments; empty without clustering. */
  private List<ColumnContract> ofSegments() {
    return plan.models().clustering().isPresent()
        ? TableDefinitions.part("segments", Map.of())
        : List.of();
  }

  private Set<String> following() {
    Set<String> columns = new HashSet<>();
    plan.models().pyramids().forEach(it -> columns.add(ScoreColumns.pointsToNextTier(it)));
    for (State state : states) {
      new StateColumns(plan, state)
          .contracts().stream().skip(1).forEach(column -> columns.add(column.name()));
    }
    ofSegments().forEach(column -> columns.add(column.name()));
    columns.removeAll(SEGMENT_KEPT);
    return columns;
  }

  private List<ColumnContract> scores() {
    Models models = plan.models();
    List<ColumnContract> columns = new ArrayList<>();
    if (plan.hasUsualInterval()) {
      columns.addAll(TableDefinitions.part("usual_interval", Map.of()));
    }
    models.bigTicket().ifPresent(it -> columns.addAll(columns(it)));
    if (models.bigTicket().isPresent() && plan.hasServiceSinceSale()) {
      columns.addAll(
          TableDefinitions.part("one_off_service", Map.of("money_scale", plan.money().scale())));
    }
    models
        .pyramids()
        .forEach(
            it -> columns.addAll(TableDefinitions.part("pyramid", Map.of("pyramid", it.name()))));
    models.scorecard().ifPresent(it -> columns.addAll(columns(it)));
    models.rfm().ifPresent(it -> columns.addAll(columns(it)));
    for (ScreeningSettings screening : models.screenings()) {
      for (ScreeningSettings.Criterion criterion : screening.criteria()) {
        columns.addAll(
            TableDefinitions.part(
                "screening_criterion",
                Map.of(
                    "column",
                    screening.column(criterion),
                    "screening",
                    screening.name(),
                    "criterion",
                    criterion.name(),
                    "by",
                    criterion.by())));
      }
    }
    models.buyerTypes().ifPresent(it -> columns.addAll(columns(it)));
    models
        .churn()
        .ifPresent(
            it ->
                columns.addAll(
                    TableDefinitions.part(
                        "churn", Map.of("of", it.of(), "money_scale", plan.money().scale()))));
    return columns;
  }

  private static List<ColumnContract> columns(BuyerTypes types) {
    List<ColumnContract> columns = new ArrayList<>();
    types
        .kinds()
        .forEach(
            kind ->
                columns.addAll(TableDefinitions.part("buyer_kind", Map.of("kind", kind.name()))));
    columns.addAll(TableDefinitions.part("buyer_types", Map.of()));
    return columns;
  }

  private static List<ColumnContract> columns(OneOffSettings ticket) {
    return TableDefinitions.part(
        "one_off",
        Map.of(
            "share",
            ticket.share().toPlainString(),
            "intervals",
            ticket.quietIntervals().toPlainString(),
            "days",
            ticket.quietDays()));
  }

  private List<ColumnContract> columns(Scorecard scorecard) {
    Scorecards scores = new Scorecards(scorecard, new CutDefinitions(plan));
    return Stream.of(scores.ofIndicators(), scores.ofPerspectives())
        .flatMap(some -> some.keySet().stream())
        .flatMap(
            name ->
                TableDefinitions.part(
                    "scorecard",
                    Map.of("column", name, "value", TableDefinitions.text(name, Map.of())))
                    .stream())
        .toList();
  }

  private static List<ColumnContract> columns(Rfm rfm) {
    List<ColumnContract> columns = new ArrayList<>();
    for (RfmAxis axis : CutDefinitions.axes(rfm)) {
      columns.addAll(
          TableDefinitions.part(
              "rfm_bin",
              Map.of(
                  "column",
                  axis.bin(),
                  "indicator",
                  axis.settings().indicator(),
                  "bins",
                  axis.settings().bins())));
    }
    columns.addAll(TableDefinitions.part("rfm", Map.of()));
    return columns;
  }

  /**
   * The rows of the table.
   *
   * @param scored customers with every score and state
   * @param before the same table of the night before, which may have other states
   */
  public Dataset<Row> rows(Dataset<Row> scored, Optional<Dataset<Row>> before) {
    return selected(withPast(scored, before), List.of());
  }

  /**
   * The rows of the table.
   *
   * @param scored customers with the states of the night before too, see {@link #withPast}
   * @param more columns after those of the models
   */
  Dataset<Row> selected(Dataset<Row> scored, List<ColumnContract> more) {
    List<Column> columns = new ArrayList<>(List.of(Columns.column(Columns.CUSTOMER_ID)));
    scores().forEach(column -> columns.add(Columns.column(column.name())));
    states.forEach(state -> columns.addAll(new StateColumns(plan, state).values()));
    ofSegments().forEach(column -> columns.add(Columns.column(column.name())));
    more.forEach(column -> columns.add(Columns.column(column.name())));
    return scored.select(columns.toArray(Column[]::new));
  }

  /**
   * Adds the states of the night before, and its segment if there is clustering; returns the same
   * frame without both.
   */
  public Dataset<Row> withPast(Dataset<Row> scored, Optional<Dataset<Row>> before) {
    return states.isEmpty() && ofSegments().isEmpty()
        ? scored
        : before.map(this::past).map(past -> joined(scored, past)).orElseGet(() -> unknown(scored));
  }

  private static Dataset<Row> joined(Dataset<Row> scored, Dataset<Row> past) {
    return Columns.with(
        scored.join(
            past, Columns.column(Columns.CUSTOMER_ID).equalTo(Columns.column(PAST)), "left"),
        Map.of(StateColumns.IS_COMPARED, lit(true)));
  }

  /** The states of the night before; null for a state that it did not have. */
  private Dataset<Row> past(Dataset<Row> before) {
    Set<String> known = Set.of(before.columns());
    List<Column> columns = new ArrayList<>(List.of(Columns.column(Columns.CUSTOMER_ID).as(PAST)));
    for (State state : states) {
      Column past =
          known.contains(state.column()) ? Columns.column(state.column()) : StateColumns.NOTHING;
      columns.add(past.as(ScoreColumns.previous(state.column())));
    }
    if (!ofSegments().isEmpty() && known.contains(ScoreColumns.SEGMENT_ID)) {
      columns.add(Columns.column(ScoreColumns.SEGMENT_ID).as(ScoreColumns.SEGMENT_BEFORE));
      columns.add(Columns.column(ScoreColumns.SEGMENT_SINCE).as(ScoreColumns.SEGMENT_SINCE_BEFORE));
      columns.add(Columns.column(ScoreColumns.SEGMENT_LEFT).as(ScoreColumns.SEGMENT_LEFT_BEFORE));
    }
    return before.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> unknown(Dataset<Row> scored) {
    Map<String, Column> added = new LinkedHashMap<>();
    added.put(StateColumns.IS_COMPARED, lit(false));
    states.forEach(state -> added.put(ScoreColumns.previous(state.column()), StateColumns.NOTHING));
    return Columns.with(scored, added);
  }

  /** Whether a state has a better and a worse: classes and tiers have. */
  public boolean isOrdered(State state) {
    return new StateColumns(plan, state).isOrdered();
  }
}
