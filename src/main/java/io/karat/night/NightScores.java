package io.karat.night;

import io.karat.scores.ContributionTable;
import io.karat.scores.CutModel;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScoreTables;
import io.karat.scores.Scores;
import io.karat.scores.ValueTable;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores of one night: customers with every score, state and segment, and the tables of both. */
record NightScores(
    Night night,
    ReadInputs read,
    CutModel cuts,
    NightSegments segments,
    Optional<NightGroups> groups) {
  static final String SCORED = "_scores";

  /** Writes customer_value and value_contributions. */
  ScoreTables written() throws IOException {
    night.begin(ValueTable.NAME);
    ScoreTables scores = new ScoreTables(night.plan().scores(), cuts, scored());
    List<ColumnContract> more = new ArrayList<>();
    prediction().ifPresent(it -> more.addAll(it.scores().columns()));
    more.addAll(NightGroups.columns(groups));
    Dataset<Row> values = scores.customerValue(more);
    night
        .tables()
        .write(
            night.tables().customerValue(),
            read.lifetime().map(it -> it.joined(values, read.input().measures())).orElse(values));
    night.job().progress().done(ValueTable.NAME, read.input().customers());
    night.begin(ContributionTable.NAME);
    night
        .tables()
        .write(
            night.tables().contributions(),
            scores.contributions(
                prediction().map(it -> it.scores().contributions()).orElse(List.of())));
    night.job().progress().done(ContributionTable.NAME);
    return scores;
  }

  private Optional<NightPrediction> prediction() {
    return read.prediction();
  }

  private Dataset<Row> scored() throws IOException {
    Dataset<Row> looked = looked();
    // Joined below the scores, as only projections on top of each other are evaluated in one row.
    Dataset<Row> customers = groups.map(it -> it.added(looked)).orElse(looked);
    List<String> files = night.staging().historyBefore();
    Optional<Dataset<Row>> before =
        files.isEmpty()
            ? Optional.empty()
            : Optional.of(night.job().spark().read().parquet(files.toArray(String[]::new)));
    Dataset<Row> assigned =
        segments.assigned(
            new Scores(night.churn().scores(), cuts)
                .scored(new ValueTable(night.plan().scores()).withPast(customers, before)));
    Dataset<Row> scored = prediction().map(it -> it.added(assigned)).orElse(assigned);
    // Computed once, as nine tables are derived from it.
    return scored.equals(looked)
        ? looked
        : night
            .tables()
            .save(
                scored.select(published(scored)),
                night.staging().table(SCORED),
                NightTables.WITHOUT_DICTIONARY);
  }

  /** The customers with the indicators that something after them looks at. */
  private Dataset<Row> looked() {
    Dataset<Row> indicators = read.indicators();
    Set<String> looked = night.plan().scores().looked();
    night.tables().history(indicators.schema()).own().forEach(column -> looked.add(column.name()));
    night.plan().allocation().columns().forEach(column -> looked.add(column.name()));
    groups.ifPresent(it -> it.plan().figures().forEach(column -> looked.add(column.name())));
    prediction()
        .map(it -> it.scores().plan().columns())
        .ifPresent(columns -> columns.forEach(column -> looked.add(column.name())));
    return indicators.select(
        Stream.of(indicators.columns())
            .filter(looked::contains)
            .map(Columns::column)
            .toArray(Column[]::new));
  }

  /**
   * The columns of scored customers that tables are made of. Those with a space in their name are
   * never published, and most only serve other columns.
   */
  private Column[] published(Dataset<Row> scored) {
    Set<String> used = new HashSet<>(new ContributionTable(night.plan().scores()).points());
    used.add(ScoreColumns.SQUARED_DISTANCE);
    prediction().ifPresent(it -> used.addAll(it.scores().millionths()));
    return Stream.of(scored.columns())
        .filter(name -> !name.contains(" ") || used.contains(name))
        .map(Columns::column)
        .toArray(Column[]::new);
  }
}
