package io.karat.tables;

import io.karat.engine.HashedParquet;
import io.karat.engine.StackedProjections;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Files of published tables, which note the {@link ContentHash} of their rows. */
public final class TableFiles {
  private TableFiles() {}

  /** Writes rows into a folder, which must not be there yet. */
  public static void write(Dataset<Row> rows, String folder) {
    HashedParquet.write(
        StackedProjections.of(rows), folder, PlainLocalFiles.SETTINGS, ContentHash.RUNS);
  }

  /** Writes a few rows into a folder, as one file and without a job. */
  public static void write(List<Row> rows, StructType schema, String folder, SparkSession spark)
      throws IOException {
    Configuration hadoop = PlainLocalFiles.in(spark.sparkContext().hadoopConfiguration());
    HashedParquet.write(rows, schema, folder, ContentHash.RUNS, hadoop, spark);
  }

  /**
   * The content of files, as they note it; none of them is read but for its footer.
   *
   * @throws IOException if the rows of a file are not those that it notes, or it notes none
   */
  public static ContentHash content(List<String> files, Configuration hadoop) throws IOException {
    ContentHash content = ContentHash.NONE;
    for (String file : files) {
      HashedParquet.Content noted = HashedParquet.content(file, hadoop);
      content = content.plus(ContentHash.of(noted.rows(), noted.sum()));
    }
    return content;
  }
}
