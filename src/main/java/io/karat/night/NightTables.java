package io.karat.night;

import io.karat.publishing.Staging;
import io.karat.run.Run;
import io.karat.scores.Contributions;
import io.karat.tables.PlainLocalFiles;
import io.karat.tables.TableContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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

  /** Writes a table by its contract and reads it back. */
  Dataset<Row> write(TableContract contract, Dataset<Row> rows) {
    return save(
        contract.publish(rows, run, plan.settings().language()), staging.table(contract.name()));
  }

  /** Writes a table of a few rows. */
  void write(TableContract contract, List<Row> rows) {
    write(contract, spark.createDataFrame(rows, contract.schema()).coalesce(1));
  }

  /** Writes rows and reads them back; the schema is known, so no file is opened to infer it. */
  Dataset<Row> save(Dataset<Row> rows, String folder) {
    return save(rows, folder, Map.of());
  }

  /** Writes rows with options of Parquet and reads them back. */
  Dataset<Row> save(Dataset<Row> rows, String folder, Map<String, String> options) {
    rows.write().options(PlainLocalFiles.SETTINGS).options(options).parquet(folder);
    return spark.read().schema(rows.schema()).parquet(folder);
  }

  /** Reads a table that is already written. */
  Dataset<Row> written(TableContract contract) {
    return spark.read().schema(contract.publishedSchema()).parquet(staging.table(contract.name()));
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
    return PublishedTables.customerValue(plan.scores(), plan.lifetime(), plan.predictionColumns());
  }

  TableContract contributions() {
    return Contributions.contract(PublishedTables.ofContributions(plan.predictionColumns()));
  }

  TableContract history(StructType indicators) {
    return PublishedTables.customerValueHistory(customerIndicators(indicators), plan.scores());
  }

  /** The contracts of all tables that a night publishes. */
  List<TableContract> contracts(StructType indicators) {
    return PublishedTables.contracts(
        customerIndicators(indicators), plan.scores(), plan.lifetime(), plan.predictionColumns());
  }
}
