package io.karat.engine;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * JSON files. Types are those that hold all values of all files; fractions are decimals, exact to
 * the last digit.
 */
final class JsonFiles extends SourceFormat {
  JsonFiles(SparkSession spark, Map<String, String> options) {
    super(spark, options);
    checked(
        () ->
            new JSONOptionsInRead(
                scala.collection.immutable.Map.from(CollectionConverters.asScala(readerOptions())),
                settings().sessionLocalTimeZone(),
                MALFORMED));
  }

  @Override
  FileFormat format() {
    return new JsonFileFormat();
  }

  @Override
  public boolean hasMalformedRows() {
    return true;
  }

  @Override
  Map<String, String> readerOptions() {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.put("prefersDecimal", "true");
    options.putAll(options());
    boolean isOfOtherCharset = options.containsKey("encoding") || options.containsKey("charset");
    if (isOfOtherCharset && !Boolean.parseBoolean(options.get("multiLine"))) {
      // Spark finds the ends of lines by itself in UTF-8 only.
      options.putIfAbsent("lineSep", "\n");
    }
    options.put("columnNameOfCorruptRecord", MALFORMED);
    return options;
  }

  /** All files together; where names differ in case, each on its own, so that it has its own. */
  @Override
  public List<FileLayout> layouts(List<FileStatus> files) {
    FileLayout all = layout(files);
    long names =
        all.columns().stream().map(it -> it.name().toLowerCase(Locale.ROOT)).distinct().count();
    return names < all.columns().size()
        ? each(files, file -> layout(List.of(file)))
        : Collections.nCopies(files.size(), all);
  }

  private FileLayout layout(List<FileStatus> files) {
    StructType schema = inferred(format(), readerOptions(), files);
    return FileLayout.of(
        plain(schema).stream().filter(column -> !column.name().equals(MALFORMED)).toList());
  }
}
