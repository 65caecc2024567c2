package io.karat.night;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.karat.engine.NumberedParquet;
import io.karat.engine.SourceFormat;
import io.karat.input.OpenedFiles;
import io.karat.input.RowCounts;
import io.karat.measures.EarlierDays;
import io.karat.run.Fingerprint;
import io.karat.run.InputErrors;
import io.karat.run.RefusedException;
import io.karat.settings.BilingualText;
import io.karat.settings.InputTable;
import io.karat.settings.Settings;
import io.karat.state.CohortMonth;
import io.karat.state.DaysToRead;
import io.karat.state.FileLayouts;
import io.karat.state.FileRows;
import io.karat.state.InputState;
import io.karat.state.NightState;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reading of a night, and the state that it leaves to the next one.
 *
 * @param plans what is read of each input
 * @param definitions what the rows and days of each input mean, as digests; of the inputs whose
 *     state is kept
 * @param aliases a digest of the aliases of customers
 * @param partitions the number of partitions of customers
 */
record NightReading(
    InputReading reading,
    LocalDate asOf,
    List<InputPlan> plans,
    SortedMap<InputTable, String> definitions,
    String aliases,
    int partitions) {
  private static final String ELSEWHERE = "elsewhere";

  /** Plans the read of a night that goes on from the state of the night before. */
  static NightReading of(
      NightPlan plan,
      List<NightSource> sources,
      LocalDate asOf,
      StateBefore before,
      SparkSession spark) {
    InputReader whole = new InputReader(plan, asOf, NightSource.partitions(sources, spark));
    AliasRows aliases = whole.aliases(sources);
    InputPlans planned =
        new InputPlans(plan, asOf, before, aliases.digest(), whole.measures().firstDay());
    List<InputPlan> plans =
        InputErrors.of(
            sources.stream().filter(source -> source.table().hasCustomers()).toList(), planned::of);
    InputReading reading = reading(plans, plan, sources, asOf, aliases, before, spark);
    SortedMap<InputTable, String> definitions = definitions(whole, reading, plans);
    List<InputPlan> checked =
        plans.stream()
            .map(it -> planned.checked(it, Optional.ofNullable(definitions.get(it.table()))))
            .toList();
    return new NightReading(
        checked.equals(plans)
            ? reading
            : reading(checked, plan, sources, asOf, aliases, before, spark),
        asOf,
        checked,
        definitions,
        planned.aliases(),
        before.partitions(checked, spark));
  }

  private static InputReading reading(
      List<InputPlan> plans,
      NightPlan plan,
      List<NightSource> sources,
      LocalDate asOf,
      AliasRows aliases,
      StateBefore before,
      SparkSession spark) {
    int partitions = before.partitions(plans, spark);
    return InputReading.of(
        new InputReader(plan, asOf, partitions),
        sources,
        plans,
        aliases,
        before.days(plans, partitions, spark));
  }

  private static SortedMap<InputTable, String> definitions(
      InputReader reader, InputReading reading, List<InputPlan> plans) {
    Settings settings = reader.plan().settings();
    SortedMap<InputTable, String> definitions = new TreeMap<>();
    for (InputPlan input : plans) {
      Optional<String> layout = reading.layout(input.table());
      if (input.files().isPresent() && layout.isPresent()) {
        definitions.put(
            input.table(),
            Fingerprint.of(
                List.of(
                    reader.plan().opening(input.table()),
                    settings.timeZone().toString(),
                    reader.plan().money().toString(),
                    reader.source(input).schema().catalogString(),
                    layout.get())));
      }
    }
    return definitions;
  }

  /**
   * The state that the night leaves.
   *
   * @param counts the rows without a customer of what it read
   * @param customers the files with the days of customers, and their sizes in bytes
   * @param cohorts the months of cohorts
   * @param sums what {@link #sums} gave
   */
  NightState state(
      List<Row> counts,
      SortedMap<String, Long> customers,
      List<CohortMonth> cohorts,
      Optional<Row> sums) {
    SortedMap<String, InputState> inputs = new TreeMap<>();
    for (InputPlan input : plans) {
      Optional<String> definition = Optional.ofNullable(definitions.get(input.table()));
      Optional<OpenedFiles> files = input.files();
      if (definition.isPresent() && files.isPresent()) {
        List<FileRows> rows =
            Stream.concat(input.kept().stream(), found(input, counts).stream()).toList();
        inputs.put(
            input.table().tableName(),
            InputState.of(
                definition.get(),
                input.since(),
                files.get().all(),
                new FileLayouts(reading.opening(input.table()), files.get().layouts()),
                rows));
      }
    }
    boolean isInPlace = sums.filter(row -> row.<Long>getAs(ELSEWHERE) == 0).isPresent();
    return new NightState(asOf, aliases, customers, inputs, cohorts, isInPlace ? partitions : 0);
  }

  /** The rows of an input that were read, by file. */
  static List<FileRows> found(InputPlan input, List<Row> counts) {
    String name = input.table().tableName();
    List<FileRows> rows = new ArrayList<>();
    for (Row row : counts) {
      if (name.equals(row.getAs(InputAccounts.INPUT)) && row.getAs("outcome") != null) {
        rows.add(
            new FileRows(
                Integer.parseInt(row.<String>getAs(SourceFormat.FILE_NUMBER)),
                RowCounts.of(List.of(row)).tallies().get(0)));
      }
    }
    return rows;
  }

  /** Remarks on files that seem to be copies of others; none of them is left out. */
  List<BilingualText> copies(List<Row> counts, NightPlan plan) {
    return plans.stream()
        .filter(input -> input.files().isPresent())
        .flatMap(
            input ->
                CopiedFiles.remark(
                    input,
                    plan.mapping(input.table()),
                    Stream.concat(input.kept().stream(), found(input, counts).stream()).toList())
                    .stream())
        .toList();
  }

  /**
   * Sums over all customers of what they took from the night before; empty if that is nothing.
   *
   * @param stored the customers as they are stored
   */
  Optional<Row> sums(Dataset<Row> stored) {
    Column[] differing =
        plans.stream()
            .filter(input -> input.days().isPresent())
            .map(input -> EarlierDays.differing(input.table()))
            .map(name -> coalesce(sum(name), lit(0L)).as(name))
            .toArray(Column[]::new);
    Column isInPlace = NumberedParquet.isInPlace(Columns.CUSTOMER_ID, partitions);
    return differing.length == 0
        ? Optional.empty()
        : Optional.of(
            stored
                .filter(col(Columns.CUSTOMER_ID).isNotNull())
                .agg(count_if(not(isInPlace)).as(ELSEWHERE), differing)
                .first());
  }

  /**
   * Ends a night that found other rows or days in unchanged files than the nights before it.
   *
   * @param sums what {@link #sums} gave
   * @throws RefusedException if it did
   */
  void requireSame(List<Row> counts, Optional<Row> sums) {
    for (InputPlan input : plans) {
      input
          .days()
          .ifPresent(
              days ->
                  requireSame(
                      input,
                      days,
                      counts,
                      sums.orElseThrow().getAs(EarlierDays.differing(input.table()))));
    }
  }

  private void requireSame(InputPlan input, DaysToRead days, List<Row> counts, long customers) {
    List<LocalDate> rows = days.differing(found(input, counts));
    if (customers > 0 || !rows.isEmpty()) {
      throw new RefusedException(
          "Night %s is refused, last night stays live: input '%s' was read again for %,d days to prove the state of the night before. Expected what that night had found, but %,d of them have other rows, and %,d days of customers other values. Its files were changed without a new time or size, or the state is wrong. Run the night with --full."
              .formatted(
                  asOf, input.table().tableName(), days.compared().size(), rows.size(), customers));
    }
  }
}
