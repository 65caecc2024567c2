package io.karat.tables;

import io.karat.engine.StoredFooter;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The schema of published files, with types and comments, from the metadata that Spark wrote. */
public final class StoredSchema {
  private static final String NOTE = "org.apache.spark.sql.parquet.row.metadata";

  private StoredSchema() {}

  /**
   * Reads the schema of a file without a job.
   *
   * @throws IOException if it cannot be read, or was not written by Spark
   */
  public static StructType ofFile(String file, Configuration hadoop) throws IOException {
    Map<String, String> notes =
        StoredFooter.of(file, hadoop).getFileMetaData().getKeyValueMetaData();
    String schema = notes.get(NOTE);
    if (schema == null) {
      throw new IOException("%s was not written by Spark".formatted(file));
    }
    return (StructType) DataType.fromJson(schema);
  }
}
