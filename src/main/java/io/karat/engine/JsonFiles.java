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
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * JSON files. Types are those that hold all values of all files; fractions are decimals, whichever
 * they are, so that a night's types do not depend on the digits of another day.
 */
final class JsonFiles extends SourceFormat {
  private static final DataType FRACTION = DataTypes.createDecimalType(38, 18);

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
    return new WholeJsonFormat();
  }

  @Override
  public boolean hasMalformedRows() {
    return true;
  }

  @Override
  Map<String, String> readerOptions() {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(options());
    options.put("prefersDecimal", "false");
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
    StructType schema = (StructType) exact(inferred(format(), readerOptions(), files));
    return FileLayout.of(
        plain(schema).stream().filter(column -> !column.name().equals(MALFORMED)).toList());
  }

  /** The type with decimals in place of doubles, also within others. */
  private static DataType exact(DataType type) {
    if (type instanceof StructType struct) {
      StructType fields = new StructType();
      for (StructField field : struct.fields()) {
        fields = fields.add(field.name(), exact(field.dataType()), field.nullable());
      }
      return fields;
    }

    return type instanceof ArrayType array
        ? DataTypes.createArrayType(exact(array.elementType()), array.containsNull())
        : type instanceof DoubleType ? FRACTION : type;
  }
}
