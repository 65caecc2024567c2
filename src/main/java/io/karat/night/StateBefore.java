package io.karat.night;

import static org.apache.spark.sql.functions.col;

import io.karat.engine.NumberedParquet;
import io.karat.measures.EarlierDays;
import io.karat.measures.EarlierDays.Replaced;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.StateFolder;
import io.karat.settings.InputTable;
import io.karat.state.CohortMonth;
import io.karat.state.NightState;
import io.karat.tables.Columns;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * State of the night before, or the reason why there is none to go on from.
 *
 * @param state the state; empty if every input is read whole
 * @param customers the location of the files of its customers
 * @param release the release of that night; empty if there is none
 * @param reason why there is no state, in words
 * @param isDamaged whether there should be one
 */
record StateBefore(
    Optional<NightState> state,
    String customers,
    Optional<Release> release,
    String reason,
    boolean isDamaged) {
  private static final int FACTOR = 2;

  /** No state, for a reason. */
  static StateBefore none(String reason) {
    return new StateBefore(Optional.empty(), "", Optional.empty(), reason, false);
  }

  /** The state of the latest night before {@code asOf}. */
  static StateBefore of(Commit head, LocalDate asOf, OutputFolder output) throws IOException {
    Optional<Release> before = head.nightBefore(asOf);
    if (before.isEmpty()) {
      return none("there is no earlier night");
    }

    StateFolder folder = output.state(before.get());
    Optional<String> manifest = folder.manifest();
    if (manifest.isEmpty()) {
      return none("night %s kept no state".formatted(before.get().asOf()));
    }

    if (!NightState.isWhole(manifest.get(), folder.files())) {
      return new StateBefore(
          Optional.empty(),
          "",
          Optional.empty(),
          "the state of night %s is damaged, or of another version of Karat"
              .formatted(before.get().asOf()),
          true);
    }
    return new StateBefore(NightState.parse(manifest.get()), folder.customers(), before, "", false);
  }

  /**
   * The number of partitions of customers: that of the state, so that its files can be read as they
   * are, unless it is far from the one that suits what is read of them and of the inputs.
   */
  int partitions(List<InputPlan> plans, SparkSession spark) {
    boolean isRead = plans.stream().anyMatch(input -> input.days().isPresent());
    long customers =
        state.filter(it -> isRead).stream()
            .flatMap(it -> it.customers().values().stream())
            .mapToLong(Long::longValue)
            .sum();
    int suitable =
        NightSource.partitions(customers + plans.stream().mapToLong(InputPlan::bytes).sum(), spark);
    return state
        .filter(it -> isRead)
        .map(NightState::partitions)
        .filter(known -> known <= FACTOR * suitable && suitable <= FACTOR * known)
        .orElse(suitable);
  }

  /** The days of customers that a night takes from this state; empty if it takes none. */
  Optional<EarlierDays> days(List<InputPlan> plans, int partitions, SparkSession spark) {
    SortedMap<InputTable, Replaced> replaced = new TreeMap<>();
    for (InputPlan input : plans) {
      input
          .days()
          .ifPresent(
              days ->
                  replaced.put(
                      input.table(),
                      new Replaced(
                          days.since(), List.copyOf(days.read().days()), days.compared())));
    }
    return replaced.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EarlierDays(
                customers(EarlierDays.schema(replaced.keySet()), partitions, spark),
                replaced,
                closed(replaced)));
  }

  /** The customers, in partitions. */
  private Dataset<Row> customers(StructType schema, int partitions, SparkSession spark) {
    return state.orElseThrow().partitions() == partitions
        ? NumberedParquet.partitions(customers, schema, Columns.CUSTOMER_ID, partitions, spark)
        : spark
            .read()
            .schema(schema)
            .parquet(customers)
            .repartition(partitions, col(Columns.CUSTOMER_ID));
  }

  /** The months of cohorts that are not counted again. */
  private List<CohortMonth> closed(SortedMap<InputTable, Replaced> replaced) {
    return Optional.ofNullable(replaced.get(InputTable.TRANSACTIONS))
        .map(it -> state.orElseThrow().cohortsBefore(it.since()))
        .orElse(List.of());
  }
}
