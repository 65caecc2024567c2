package io.karat.scores;

import io.karat.quality.CorrelatedIndicators;
import io.karat.quality.TierOrder;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedCustomers;
import io.karat.tables.ColumnContract;
import io.karat.tables.TableContract;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The score tables of one night.
 *
 * @param scored customers with every score and state and the intermediate columns, beside the
 *     indicators; see {@link Scores#scored}
 */
public record ScoreTables(ScorePlan plan, CutModel cuts, Dataset<Row> scored) {
  /** The table of customers and sales by characteristic. */
  public static final String COVERAGE = MarketCoverage.NAME;

  /**
   * The contracts of the score tables after {@code customer_value}, in publishing order.
   *
   * @param ofContributions further columns of {@code value_contributions}
   */
  public static List<TableContract> contracts(
      ScorePlan plan, List<ColumnContract> ofContributions) {
    return List.of(
        new ContributionTable(plan).contract(ofContributions),
        LevelContracts.TIERS,
        LevelContracts.TIER_PROFILES,
        LevelContracts.DISAGREEMENTS,
        LevelContracts.RFM_CELLS,
        LevelContracts.QUADRANTS,
        LevelContracts.CONCENTRATION,
        LevelContracts.CORRELATIONS,
        LevelContracts.FUNNEL,
        coverageContract(plan));
  }

  /**
   * The rows of {@code customer_value}.
   *
   * @param before the same table of the night before; empty on a first night
   */
  public Dataset<Row> customerValue(Optional<Dataset<Row>> before) {
    return new ValueTable(plan).rows(scored, before);
  }

  /**
   * The rows of {@code customer_value}, if {@code scored} has the states of the night before too.
   *
   * @param more further columns of {@code scored}
   * @see ValueTable#withPast
   */
  public Dataset<Row> customerValue(List<ColumnContract> more) {
    return new ValueTable(plan).selected(scored, more);
  }

  /**
   * The rows of {@code value_contributions}.
   *
   * @param more the columns of {@code scored} that have the contributions to other models
   */
  public Dataset<Row> contributions(List<Column> more) {
    return new ContributionTable(plan).rows(scored, new FittedCuts(cuts), more);
  }

  /**
   * The tables of levels.
   *
   * @param tiers the rows of {@code tiers}
   * @param orders the means of the heaviest indicator of each pyramid that has one
   * @param correlated the two most similar indicators of each pyramid that has two
   * @param tables the rows of every table with a row per level or pair, by its contract
   * @param coverage the rows of {@code market_coverage}
   */
  public record LevelFrames(
      List<Row> tiers,
      List<TierOrder> orders,
      List<CorrelatedIndicators> correlated,
      Map<TableContract, List<Row>> tables,
      Dataset<Row> coverage) {
    public LevelFrames {
      tiers = List.copyOf(tiers);
      orders = List.copyOf(orders);
      correlated = List.copyOf(correlated);
      tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }
  }

  /** Computes the tables of levels; starts jobs. */
  public LevelFrames levels(MarketSources markets) {
    Scores scores = new Scores(plan, cuts);
    List<State> states = new ValueTable(plan).states();
    CustomerCounts counts =
        CustomerCounts.of(scored, states, scores.rfm(), this::heaviest, plan.figures());
    LevelTables levels = new LevelTables(plan, scores, counts);
    List<Row> tiers = levels.tiers();
    Map<TableContract, List<Row>> tables = new LinkedHashMap<>();
    tables.put(LevelContracts.TIERS, tiers);
    tables.put(LevelContracts.RFM_CELLS, levels.rfmCells());
    tables.put(LevelContracts.QUADRANTS, levels.quadrants());
    IndicatorCorrelations correlations =
        IndicatorCorrelations.of(plan, scored, counts.all().customers());
    tables.put(LevelContracts.CORRELATIONS, correlations.rows());
    tables.put(
        LevelContracts.FUNNEL,
        scores.screenings().stream().flatMap(it -> it.funnel(scored).stream()).toList());
    return new LevelFrames(
        tiers,
        levels.orders(),
        correlations.highest(),
        tables,
        coverage(plan).rows(scored, counts, markets));
  }

  private Optional<String> heaviest(State state) {
    return plan.models().pyramids().stream()
        .filter(pyramid -> ScoreColumns.tier(pyramid).equals(state.column()))
        .flatMap(pyramid -> pyramid.heaviest().stream())
        .findFirst();
  }

  /** What {@code concentration} and the profiles of tiers need to have ranked. */
  public RankedCustomers ranked() {
    return ConcentrationRows.ranked(plan.hasSales())
        .and(TierProfiles.ranked(tiered(plan), plan.hasSales()));
  }

  /**
   * The rows of the tables about the customers of classes and tiers; starts a job.
   *
   * @param ranks the answers to {@link #ranked}, maybe among others
   */
  public Map<TableContract, List<Row>> profiles(Optional<RankResults> ranks) {
    List<State> ranked = tiered(plan);
    TierProfiles profiles = new TierProfiles(plan, ranked, TierSums.of(plan, scored, ranked));
    return Map.of(
        LevelContracts.TIER_PROFILES,
        profiles.profiles(ranks),
        LevelContracts.DISAGREEMENTS,
        profiles.disagreements());
  }

  /**
   * The rows of {@code concentration}; none without sales.
   *
   * @param ranks the answers to {@link #ranked}, maybe among others
   */
  public List<Row> concentration(Optional<RankResults> ranks) {
    return ranks.filter(it -> plan.hasSales()).map(ConcentrationRows::of).orElse(List.of());
  }

  /** The contract of {@code market_coverage}. */
  public static TableContract coverageContract(ScorePlan plan) {
    return coverage(plan).contract();
  }

  private static MarketCoverage coverage(ScorePlan plan) {
    return new MarketCoverage(plan, tiered(plan));
  }

  /** The classes and tiers. */
  private static List<State> tiered(ScorePlan plan) {
    List<String> tiers =
        Stream.concat(
                plan.models().classifications().stream().map(it -> it.name()),
                plan.models().pyramids().stream().map(ScoreColumns::tier))
            .toList();
    return new ValueTable(plan)
        .states().stream().filter(state -> tiers.contains(state.column())).toList();
  }
}
