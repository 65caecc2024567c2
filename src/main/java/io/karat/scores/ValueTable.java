package io.karat.scores;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.settings.BilingualText;
import io.karat.settings.Models;
import io.karat.settings.Pyramid;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableContract;
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
import org.apache.spark.sql.types.DataTypes;

/**
 * The table {@code customer_value}: one row per customer with every score and state, the names of
 * the states, and the states of the night before.
 */
public final class ValueTable {
  public static final String NAME = "customer_value";

  private static final String CUSTOMER = "customer_id";
  private static final String PAST = "customer_id before";
  private static final Column NOTHING = lit(null).cast(DataTypes.StringType);

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

  /** The contract of the table, which depends on the models. */
  public TableContract contract() {
    List<ColumnContract> columns = new ArrayList<>();
    columns.add(
        new ColumnContract(
            CUSTOMER, DataTypes.StringType, new BilingualText("The customer.", "客户编号。")));
    columns.addAll(scores());
    for (State state : states) {
      columns.addAll(columns(state));
    }
    columns.addAll(ofSegments());
    return new TableContract(
        NAME,
        new BilingualText(
            "One row per customer: classes, scores, tiers, bins and labels, with those of the night"
                + " before.",
            "每位客户一行：分类、评分、层级、分箱、标签及前一夜的状态。"),
        columns);
  }

  /** The columns that the history keeps: scores and codes, without those derived from them. */
  public List<ColumnContract> kept() {
    return contract().own().stream()
        .filter(column -> !column.name().equals(CUSTOMER) && !following().contains(column.name()))
        .toList();
  }

  /** The columns of segments; empty without clustering. */
  private List<ColumnContract> ofSegments() {
    return plan.models().clustering().isPresent() ? SegmentColumns.ALL : List.of();
  }

  private Set<String> following() {
    Set<String> columns = new HashSet<>();
    plan.models().pyramids().forEach(it -> columns.add(ScoreColumns.pointsToNextTier(it)));
    for (State state : states) {
      columns(state).stream().skip(1).forEach(column -> columns.add(column.name()));
    }
    ofSegments().forEach(column -> columns.add(column.name()));
    columns.removeAll(SegmentColumns.KEPT);
    return columns;
  }

  private List<ColumnContract> columns(State state) {
    String column = state.column();
    String codes = String.join(", ", state.codes());
    return List.of(
        text(
            column,
            state.meaning().en() + " One of " + codes + ".",
            state.meaning().zh() + "取值：" + codes + "。"),
        text(ScoreColumns.name(column), "The same in English words.", "英文名称。"),
        text(ScoreColumns.chineseName(column), "The same in Chinese words.", "中文名称。"),
        text(
            ScoreColumns.previous(column),
            "The same the night before; null for who was not there.",
            "前一夜的取值；前一夜不存在则为空。"),
        new ColumnContract(
            ScoreColumns.isChanged(column),
            DataTypes.BooleanType,
            new BilingualText(
                "Whether it is another one than the night before; false for who was not there.",
                "与前一夜相比是否变化；前一夜不存在则为 false。")));
  }

  private List<ColumnContract> scores() {
    Models models = plan.models();
    List<ColumnContract> columns = new ArrayList<>();
    models
        .bigTicket()
        .ifPresent(
            ticket ->
                columns.add(
                    new ColumnContract(
                        ScoreColumns.IS_ONE_OFF,
                        DataTypes.BooleanType,
                        new BilingualText(
                            "Whether at most two sales make at least %s of lifetime net sales and there was none in the last %d days."
                                .formatted(ticket.share().toPlainString(), ticket.quietDays()),
                            "至多两笔交易占累计净交易额 %s 以上，且最近 %d 天无交易（伪大客户）。"
                                .formatted(ticket.share().toPlainString(), ticket.quietDays())))));
    models.pyramids().forEach(pyramid -> columns.addAll(columns(pyramid)));
    models
        .scorecard()
        .ifPresent(
            card -> {
              Scorecards cards = new Scorecards(card);
              Stream.of(cards.ofIndicators(), cards.ofPerspectives())
                  .flatMap(scores -> scores.keySet().stream())
                  .forEach(
                      name ->
                          columns.add(
                              score(
                                  name,
                                  "Points of the value scorecard, 0 to 100.",
                                  "价值记分卡得分，0 至 100。")));
            });
    models
        .rfm()
        .ifPresent(
            rfm -> {
              for (RfmAxis axis : CutDefinitions.axes(rfm)) {
                columns.add(
                    new ColumnContract(
                        axis.bin(),
                        DataTypes.IntegerType,
                        new BilingualText(
                            "The bin of %s, 1 the worst to %d the best."
                                .formatted(axis.settings().indicator(), axis.settings().bins()),
                            "%s 的分箱，1 最差，%d 最好。"
                                .formatted(axis.settings().indicator(), axis.settings().bins()))));
              }
              columns.add(
                  new ColumnContract(
                      ScoreColumns.RFM_SCORE,
                      RfmModel.SCORE,
                      new BilingualText("The weighted sum of the three bins.", "三个分箱的加权和。")));
            });
    models
        .churn()
        .ifPresent(
            churn -> {
              columns.add(
                  new ColumnContract(
                      ScoreColumns.EXPECTED_CHURN,
                      ExpectedChurn.SHARE,
                      new BilingualText(
                          "The share of customers as satisfied who are expected to leave, 0 to 1.",
                          "同等满意度客户的预期流失率，0 至 1。")));
              columns.add(
                  new ColumnContract(
                      ScoreColumns.VALUE_AT_RISK,
                      plan.money().sumType(),
                      new BilingualText(
                          "Expected churn times %s.".formatted(churn.of()),
                          "预期流失率 × %s。".formatted(churn.of()))));
            });
    return columns;
  }

  private static List<ColumnContract> columns(Pyramid pyramid) {
    return List.of(
        score(
            ScoreColumns.score(pyramid),
            "Points of the %s pyramid, 0 to 100.".formatted(pyramid.name()),
            "%s 价值金字塔得分，0 至 100。".formatted(pyramid.name())),
        score(
            ScoreColumns.pointsToNextTier(pyramid),
            "Points missing to the next tier; null in the first.",
            "距上一层级所差分数；最高层级为空。"));
  }

  private static ColumnContract score(String name, String en, String zh) {
    return new ColumnContract(name, WeightedScore.SCORE, new BilingualText(en, zh));
  }

  private static ColumnContract text(String name, String en, String zh) {
    return new ColumnContract(name, DataTypes.StringType, new BilingualText(en, zh));
  }

  /**
   * The rows of the table.
   *
   * @param scored customers with every score and state
   * @param before the same table of the night before, which may have other states
   */
  public Dataset<Row> rows(Dataset<Row> scored, Optional<Dataset<Row>> before) {
    return selected(withPast(scored, before));
  }

  /**
   * The rows of the table.
   *
   * @param scored customers with the states of the night before too, see {@link #withPast}
   */
  Dataset<Row> selected(Dataset<Row> scored) {
    List<Column> columns = new ArrayList<>(List.of(Columns.column(CUSTOMER)));
    scores().forEach(column -> columns.add(Columns.column(column.name())));
    states.forEach(state -> columns.addAll(values(state)));
    ofSegments().forEach(column -> columns.add(Columns.column(column.name())));
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
    return scored.join(past, Columns.column(CUSTOMER).equalTo(Columns.column(PAST)), "left");
  }

  /** The states of the night before; null for a state that it did not have. */
  private Dataset<Row> past(Dataset<Row> before) {
    Set<String> known = Set.of(before.columns());
    List<Column> columns = new ArrayList<>(List.of(Columns.column(CUSTOMER).as(PAST)));
    for (State state : states) {
      Column past = known.contains(state.column()) ? Columns.column(state.column()) : NOTHING;
      columns.add(past.as(ScoreColumns.previous(state.column())));
    }
    if (!ofSegments().isEmpty() && known.contains(SegmentColumns.ID)) {
      columns.add(Columns.column(SegmentColumns.ID).as(SegmentColumns.BEFORE));
      columns.add(Columns.column(SegmentColumns.SINCE).as(SegmentColumns.SINCE_BEFORE));
      columns.add(Columns.column(SegmentColumns.LEFT).as(SegmentColumns.LEFT_BEFORE));
    }
    return before.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> unknown(Dataset<Row> scored) {
    Map<String, Column> added = new LinkedHashMap<>();
    states.forEach(state -> added.put(ScoreColumns.previous(state.column()), NOTHING));
    return Columns.with(scored, added);
  }

  private List<Column> values(State state) {
    Column code = Columns.column(state.column());
    Column previous = Columns.column(ScoreColumns.previous(state.column()));
    Column isChanged = previous.isNotNull().and(not(previous.eqNullSafe(code)));
    return List.of(
        code,
        state.named(it -> plan.name(it).en()).as(ScoreColumns.name(state.column())),
        state.named(it -> plan.name(it).zh()).as(ScoreColumns.chineseName(state.column())),
        previous,
        isChanged.as(ScoreColumns.isChanged(state.column())));
  }
}
