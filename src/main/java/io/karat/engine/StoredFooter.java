package io.karat.engine;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** The footer of a Parquet file: its schema, notes and row groups. */
public final class StoredFooter {
  private StoredFooter() {}

  /**
   * Reads the footer of a file without a job.
   *
   * @throws IOException if it cannot be read
   */
  public static ParquetMetadata of(String file, Configuration hadoop) throws IOException {
    return of(HadoopInputFile.fromPath(new Path(file), hadoop));
  }

  static ParquetMetadata of(HadoopInputFile file) throws IOException {
    // Without options the reader parses Hadoop's configuration files anew for each footer.
    ParquetReadOptions options =
        HadoopReadOptions.builder(file.getConfiguration(), file.getPath()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
      return reader.getFooter();
    }
  }
}
