package io.karat.night;

import io.karat.engine.NumberedParquet;
import io.karat.engine.StackedProjections;
import io.karat.publishing.Staging;
import io.karat.run.Run;
import io.karat.scores.ContributionTable;
import io.karat.tables.ContentHash;
import io.karat.tables.PlainLocalFiles;
import io.karat.tables.TableContract;
import io.karat.tables.TableFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Tables of a night: their contracts, and their files in its staging folder. */
record NightTables(SparkSession spark, NightPlan plan, Run run, Staging staging) {
  /**
   * Options for files that are read once or twice and then deleted, so that size matters little.
   */
  static final Map<String, String> WITHOUT_DICTIONARY =
      Map.of("parquet.enable.dictionary", "false");

  /** Writes a table by its contract, with its content hash, and reads it back. */
  Dataset<Row> write(TableContract contract, Dataset<Row> rows) {
    TableFiles.write(
        contract.publish(rows, run, plan.settings().language()), staging.table(contract.name()));
    return read(contract);
  }

  /** A table that is written. */
  Dataset<Row> read(TableContract contract) {
    return spark.read().schema(contract.publishedSchema()).parquet(staging.table(contract.name()));
  }

  /** Writes a table of a few rows. */
  void write(TableContract contract, List<Row> rows) throws IOException {
    TableFiles.write(
        contract.publish(rows, run),
        contract.publishedSchema(plan.settings().language()),
        staging.table(contract.name()),
        spark);
  }

  /** Writes tables of a few rows. */
  void write(Map<TableContract, List<Row>> tables) throws IOException {
    for (Map.Entry<TableContract, List<Row>> table : tables.entrySet()) {
      write(table.getKey(), table.getValue());
    }
  }

  /**
   * Writes rows that are not published and reads them back; the schema is known, so no file is
   * opened to infer it.
   *
   * @param options options of Parquet
   */
  Dataset<Row> save(Dataset<Row> rows, String folder, Map<String, String> options) {
    StackedProjections.of(rows)
        .write()
        .options(PlainLocalFiles.SETTINGS)
        .options(options)
        .parquet(folder);
    return spark.read().schema(rows.schema()).parquet(folder);
  }

  /** The same, with files that have the numbers of the partitions of the rows. */
  Dataset<Row> savePartitions(Dataset<Row> rows, String folder) {
    Map<String, String> options = new TreeMap<>(PlainLocalFiles.SETTINGS);
    options.putAll(WITHOUT_DICTIONARY);
    NumberedParquet.write(StackedProjections.of(rows), folder, options);
    return spark.read().schema(rows.schema()).parquet(folder);
  }

  /** Writes the night's own rows of the history; the result is their content. */
  ContentHash writeHistory(TableContract contract, Dataset<Row> rows) throws IOException {
    TableFiles.write(contract.publish(rows, run, plan.settings().language()), staging.history());
    return TableFiles.content(staging.ownHistory(), hadoop());
  }

  /**
   * The content of a table that is written.
   *
   * @throws IOException if one of its files is not whole
   */
  ContentHash content(TableContract contract) throws IOException {
    return TableFiles.content(staging.tables().files(contract.name()), hadoop());
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** Deletes intermediate files, which are not published. */
  void delete(List<String> names) throws IOException {
    for (String name : names) {
      staging.delete(name);
    }
  }

  TableContract customerIndicators(StructType indicators) {
    return PublishedTables.customerIndicators(plan.indicators().columns(), indicators);
  }

  TableContract customerValue() {
    return PublishedTables.customerValue(PublishedModels.of(plan));
  }

  TableContract contributions() {
    return new ContributionTable(plan.scores())
        .contract(PublishedTables.ofContributions(plan.predictionColumns()));
  }

  TableContract history(StructType indicators) {
    return PublishedTables.customerValueHistory(customerIndicators(indicators), plan.scores());
  }

  /** The contracts of all tables that a night publishes. */
  List<TableContract> contracts(StructType indicators) {
    return PublishedTables.contracts(customerIndicators(indicators), PublishedModels.of(plan));
  }
}
