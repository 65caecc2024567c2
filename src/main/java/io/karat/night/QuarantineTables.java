package io.karat.night;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.karat.input.EventDays;
import io.karat.input.InputBalance;
import io.karat.input.InputMapping;
import io.karat.input.QuarantineRows;
import io.karat.input.RowOutcome;
import io.karat.publishing.RunTables;
import io.karat.publishing.Staging;
import io.karat.quality.QuarantinedRows;
import io.karat.run.Progress;
import io.karat.run.Run;
import io.karat.settings.InputTable;
import io.karat.tables.Columns;
import io.karat.tables.TableContract;
import io.karat.tables.TableFiles;
import java.io.IOException;
import java.sql.Date;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Tables of the rows that could not be used: one per input, often empty.
 *
 * @param before the tables of the night before, from which rows of days are taken that are not read
 */
record QuarantineTables(
    SparkSession spark,
    NightPlan plan,
    Run run,
    Staging staging,
    Progress progress,
    Optional<RunTables> before) {

  /**
   * Writes all tables. An input without such rows is not read again.
   *
   * @return the accounts, with the quarantined rows counted
   */
  List<InputAccount> write(NightInput input, InputReading reading) throws IOException {
    Set<InputTable> empty = EnumSet.allOf(InputTable.class);
    List<InputAccount> accounts = new ArrayList<>();
    for (InputAccount account : input.accounts()) {
      InputBalance balance = account.balance();
      if (balance.quarantined().rows() + balance.duplicate().rows() == 0
          && unreadable(account).isEmpty()) {
        accounts.add(account);
      } else {
        empty.remove(account.table());
        accounts.add(kept(account, reading));
      }
    }
    writeEmpty(List.copyOf(empty));
    return accounts;
  }

  /** Reads the input again and writes its quarantined rows. */
  private InputAccount kept(InputAccount account, InputReading reading) {
    InputBalance balance = account.balance();
    TableContract contract = PublishedTables.quarantine(account.table());
    spark.sparkContext().setJobDescription("karat " + run.asOf() + ": " + contract.name());
    progress.stage(contract.name());
    boolean hasGroups =
        balance.quarantined().rows() > account.tallies().quarantined().rows()
            || balance.duplicate().rows() > 0;
    InputMapping mapping = plan.mapping(account.table());
    Optional<InputPlan> input =
        account.table().hasCustomers()
            ? Optional.of(reading.plan(account.table()))
            : Optional.empty();
    Dataset<Row> quarantined =
        QuarantineRows.of(
            input
                .map(it -> it.namedRows(mapping))
                .orElseGet(() -> account.source().content().namedRows(mapping)),
            mapping,
            reading.aliases().filter(all -> account.table().hasCustomers()),
            run.asOf(),
            hasGroups,
            input.flatMap(InputPlan::read));
    Set<String> unreadable = unreadable(account);
    Dataset<Row> refused =
        unreadable.isEmpty()
            ? quarantined
            : quarantined.unionByName(
                QuarantineRows.examples(
                    account.source().content().namedRows(mapping),
                    mapping,
                    run.asOf(),
                    unreadable));
    Dataset<Row> byRun = refused.withColumn(Columns.REFUSED_BY, lit(run.id()));
    Dataset<Row> kept =
        input
            .flatMap(InputPlan::read)
            .map(days -> byRun.unionByName(ofOtherDays(contract, days)))
            .orElse(byRun);
    Dataset<Row> rows = contract.publish(kept, run, plan.settings().language());
    String folder = staging.table(contract.name());
    TableFiles.write(rows, folder);
    QuarantinedRows counted = counted(spark.read().schema(rows.schema()).parquet(folder));
    progress.done(contract.name(), balance.quarantined().rows() + balance.duplicate().rows());
    return account.with(counted);
  }

  /** The rows that earlier nights refused on days that are not read. */
  private Dataset<Row> ofOtherDays(TableContract contract, EventDays read) {
    Column isRead = coalesce(read.contain(col("event_date")), lit(false));
    Column isExample = col("reason").startsWith(QuarantineRows.UNREADABLE);
    return spark
        .read()
        .schema(contract.publishedSchema())
        .parquet(before.orElseThrow().location(contract.name()))
        .filter(not(isRead).and(not(isExample)))
        .select(
            Stream.of(contract.schema().fieldNames()).map(functions::col).toArray(Column[]::new));
  }

  /** The optional columns with values that cannot be read. */
  private static Set<String> unreadable(InputAccount account) {
    Set<String> columns = new TreeSet<>();
    account
        .tallies()
        .unreadableValues()
        .forEach(
            (column, values) -> {
              if (values > 0) {
                columns.add(column);
              }
            });
    return columns;
  }

  private static QuarantinedRows counted(Dataset<Row> refused) {
    return new QuarantinedRows(
        refused
            .filter(
                not(
                    col("reason")
                        .equalTo(RowOutcome.DUPLICATE)
                        .or(col("reason").startsWith(QuarantineRows.UNREADABLE))))
            .groupBy("reason", "event_date")
            .agg(count(lit(1)).as("rows"))
            .collectAsList()
            .stream()
            .map(
                row ->
                    new QuarantinedRows.Count(
                        Optional.ofNullable(row.<Date>getAs("event_date")).map(Date::toLocalDate),
                        row.getAs("reason"),
                        row.<Long>getAs("rows")))
            .toList());
  }

  /**
   * Writes the empty tables: all have the same columns, so one is written and the others are
   * copies.
   */
  private void writeEmpty(List<InputTable> tables) throws IOException {
    if (tables.isEmpty()) {
      return;
    }

    TableContract contract = PublishedTables.quarantine(tables.get(0));
    TableFiles.write(
        List.of(),
        contract.publishedSchema(plan.settings().language()),
        staging.table(contract.name()),
        spark);
    for (InputTable table : tables.subList(1, tables.size())) {
      staging.copy(contract.name(), PublishedTables.quarantine(table).name());
    }
  }
}
