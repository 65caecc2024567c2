package io.karat.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.v2.FileDataSourceV2;

/** Files of any other format that Spark has, such as Avro and text; each says its own columns. */
final class OtherFiles extends SourceFormat {
  private final FileFormat format;

  OtherFiles(SparkSession spark, Map<String, String> options, String name) {
    super(spark, options);
    this.format = found(name);
  }

  private FileFormat found(String name) {
    try {
      Object source =
          DataSource.lookupDataSource(name, settings()).getDeclaredConstructor().newInstance();
      if (source instanceof FileDataSourceV2 files) {
        source = files.fallbackFileFormat().getDeclaredConstructor().newInstance();
      }
      if (source instanceof FileFormat known) {
        return known;
      }
    } catch (ReflectiveOperationException failure) {
      throw new UnsupportedOperationException(name, failure);
    }

    throw new UnsupportedOperationException(name);
  }

  /** XML is one of these, whose values are text, as those of CSV. */
  @Override
  Map<String, String> readerOptions() {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(options());
    options.put("inferSchema", "false");
    return options;
  }

  @Override
  FileFormat format() {
    return format;
  }

  @Override
  public boolean hasOwnLayouts() {
    return true;
  }

  @Override
  public List<FileLayout> layouts(List<FileStatus> files) {
    return each(files, this::layout);
  }

  private FileLayout layout(FileStatus file) {
    try {
      return FileLayout.of(
          plain(SparkAction.result(() -> inferred(format, readerOptions(), List.of(file)))));
    } catch (SparkActionException failure) {
      throw FileFailures.of(file, failure);
    }
  }
}
