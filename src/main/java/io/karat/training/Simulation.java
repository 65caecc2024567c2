package io.karat.training;

import io.karat.indicators.IndicatorColumn;
import io.karat.models.Model;
import io.karat.models.ModelCustomers;
import io.karat.night.PublishedTables;
import io.karat.publishing.Commit;
import io.karat.publishing.HistoryNight;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.run.UsageException;
import io.karat.scores.CutKind;
import io.karat.scores.CutModel;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScorePlan;
import io.karat.scores.Scores;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.tables.Columns;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Simulation of other models of value on the customers of the live night: what a run of that night
 * with them would publish as classes, tiers and labels. It takes its indicators from the published
 * table, its cuts as a night does, and writes nothing.
 *
 * @param plan the other models
 */
public record Simulation(SparkSession spark, OutputFolder output, ScorePlan plan) {
  /** The keys whose models are expressions over published indicators. */
  private static final List<String> MODELS =
      List.of("classification", "pyramids", "scorecard", "rfm", "labels", "screening");

  /** The keys that move nobody. */
  private static final Set<String> ANY = Set.of("name", "names", "language", "output");

  /**
   * Ends a command whose settings cannot be simulated.
   *
   * @param keys the keys that are set on the command line
   * @throws UsageException naming the first of them
   */
  public static void requireSimulated(Collection<String> keys) {
    for (String key : keys) {
      String block = key.replaceFirst("\\..*", "");
      if (!MODELS.contains(block) && !ANY.contains(block)) {
        throw new UsageException(
            "Cannot simulate '%s': the published customers do not tell what it would change. Set a key of %s, or try it with 'karat run' in another output.path."
                .formatted(key, String.join(", ", MODELS)));
      }
    }
  }

  /**
   * Simulates the models; starts jobs.
   *
   * @param most the largest number of customers to name
   * @throws io.karat.run.RefusedException if nothing is published
   * @throws UsageException if a model needs an indicator that is not published
   */
  public SimulatedNight night(int most) throws IOException {
    PublishedCustomers published = new PublishedCustomers(spark, output, "Cannot simulate");
    Commit head = published.head();
    Release live = head.release(head.live()).orElseThrow();
    Dataset<Row> all = published.table(live, PublishedTables.CUSTOMER_INDICATORS);
    requirePublished(Set.of(all.columns()), live.asOf());
    Dataset<Row> indicators = looked(plan.withSales(all));
    Dataset<Row> values = published.table(live, ValueTable.NAME);
    List<State> states = new ValueTable(plan).states();
    long customers =
        Objects.requireNonNull(live.tables().get(PublishedTables.CUSTOMER_INDICATORS)).rows();
    if (states.isEmpty()) {
      return new SimulatedNight(
          live, customers, List.of(), List.of(), List.of(), absent(values, states));
    }

    SimulatedMoves moves = new SimulatedMoves(plan, states);
    Dataset<Row> moving = moves.of(scored(indicators, live.asOf(), head), values).persist();
    try {
      return new SimulatedNight(
          live,
          customers,
          states.stream().map(State::column).toList(),
          moves.flows(moving),
          moves.largest(moving, most),
          absent(values, states));
    } finally {
      moving.unpersist();
    }
  }

  private void requirePublished(Set<String> published, LocalDate night) {
    for (IndicatorColumn column : plan.columns()) {
      if (!published.contains(column.name())) {
        List<String> others =
            new TreeSet<>(published)
                .stream().filter(it -> it.startsWith(column.indicator().name() + "_")).toList();
        throw new UsageException(
            "Cannot simulate with '%s': night %s did not publish this indicator. Use a published one%s, or try it with 'karat run' in another output.path."
                .formatted(
                    column.name(),
                    night,
                    others.isEmpty() ? "" : ", such as " + String.join(", ", others)));
      }
    }
  }

  /** Customers with what models look at, as a night narrows them, and their names. */
  private Dataset<Row> looked(Dataset<Row> indicators) {
    Set<String> looked = plan.looked();
    looked.addAll(SimulatedMoves.SHOWN);
    return indicators.select(
        Stream.of(indicators.columns())
            .filter(looked::contains)
            .map(Columns::column)
            .toArray(Column[]::new));
  }

  /** Customers with the states that a run of the night would give them. */
  private Dataset<Row> scored(Dataset<Row> indicators, LocalDate asOf, Commit head)
      throws IOException {
    List<Model> inForce = new ArrayList<>();
    for (String id : head.liveModels(CutModel.KIND, asOf)) {
      inForce.add(output.models().read(CutModel.KIND, id));
    }
    CutModel cuts =
        CutModel.parse(
            new CutKind(plan)
                .ofNight(new ModelCustomers(asOf, indicators), inForce, Optional.empty())
                .used()
                .orElseThrow());
    Optional<Dataset<Row>> before =
        output
            .history()
            .nightBefore(asOf, head)
            .map(HistoryNight::files)
            .map(files -> spark.read().parquet(files.toArray(String[]::new)));
    return new Scores(plan, cuts).scored(new ValueTable(plan).withPast(indicators, before));
  }

  private static List<String> absent(Dataset<Row> values, List<State> states) {
    Set<String> simulated = new TreeSet<>(states.stream().map(State::column).toList());
    Set<String> published = Set.of(values.columns());
    return Stream.of(values.columns())
        .filter(column -> published.contains(ScoreColumns.isChanged(column)))
        .filter(column -> !simulated.contains(column))
        .toList();
  }
}
