package io.karat.engine;

import io.karat.engine.FileColumn.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.util.Try;

/**
 * Parquet files. Their footers tell columns, rows, encodings and compression before a row is read.
 */
final class ParquetFiles extends SourceFormat {
  private final ParquetToSparkSchemaConverter converter;

  /** The columns of files by what their footers say of them, which most files of an input share. */
  private final Map<Written, List<FileColumn>> known = new ConcurrentHashMap<>();

  ParquetFiles(SparkSession spark, Map<String, String> options) {
    super(spark, options);
    this.converter = new ParquetToSparkSchemaConverter(settings());
  }

  @Override
  FileFormat format() {
    return new ParquetFileFormat();
  }

  /** Damage that a page's own checksum proves ends the night. */
  @Override
  Map<String, String> readerOptions() {
    Map<String, String> options = new TreeMap<>(options());
    options.put("parquet.page.verify-checksum.enabled", "true");
    return options;
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
    ParquetMetadata footer = footer(file);
    boolean isBatched = true;
    long rows = 0;
    for (BlockMetaData block : footer.getBlocks()) {
      rows += block.getRowCount();
      for (ColumnChunkMetaData column : block.getColumns()) {
        requireCodec(file, column);
        isBatched &= !column.getEncodings().contains(Encoding.BYTE_STREAM_SPLIT);
      }
    }
    FileMetaData written = footer.getFileMetaData();
    List<FileColumn> columns =
        known.computeIfAbsent(
            new Written(written.getSchema(), written.getKeyValueMetaData()),
            it -> columns(file, footer));
    return new FileLayout(columns, OptionalLong.of(rows), isBatched);
  }

  /** Schema and notes of a file. */
  private record Written(MessageType schema, Map<String, String> notes) {}

  private ParquetMetadata footer(FileStatus file) {
    try {
      return SparkAction.result(() -> StoredFooter.of(HadoopInputFile.fromStatus(file, hadoop())));
    } catch (SparkActionException failure) {
      throw String.valueOf(failure.getMessage()).contains("is not a Parquet file")
          ? FileFailures.unreadable(
              file,
              "it is not a Parquet file",
              MissingFormat.advice(file).orElse(FileFailures.DELIVER),
              failure)
          : FileFailures.of(file, failure);
    }
  }

  private void requireCodec(FileStatus file, ColumnChunkMetaData column) {
    CompressionCodecName codec = column.getCodec();
    String type = codec.getHadoopCompressionCodecClassName();
    if (type != null && hadoop().getClassByNameOrNull(type) == null) {
      throw FileFailures.unreadable(
          file,
          "it is compressed with %s, which this Spark cannot read".formatted(codec),
          "Write it with zstd or snappy, or add the package of %s with --packages."
              .formatted(codec));
    }
  }

  private List<FileColumn> columns(FileStatus file, ParquetMetadata footer) {
    MessageType message = footer.getFileMetaData().getSchema();
    Try<StructType> whole =
        Try.apply(
            () ->
                ParquetFileFormat.readSchemaFromFooter(
                    new Footer(file.getPath(), footer), converter));
    List<FileColumn> columns = new ArrayList<>();
    for (Type field : message.getFields()) {
      columns.add(column(field, whole));
    }
    return columns;
  }

  private FileColumn column(Type field, Try<StructType> whole) {
    LogicalTypeAnnotation annotation = field.getLogicalTypeAnnotation();
    if (annotation instanceof UUIDLogicalTypeAnnotation) {
      return new FileColumn(field.getName(), DataTypes.BinaryType, Reading.UUID, "uuid");
    }
    if (annotation instanceof TimestampLogicalTypeAnnotation time
        && time.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS) {
      Reading reading = time.isAdjustedToUTC() ? Reading.NANOSECONDS : Reading.LOCAL_NANOSECONDS;
      return new FileColumn(field.getName(), DataTypes.LongType, reading, "nanoseconds");
    }

    if (whole.isSuccess()) {
      for (StructField known : whole.get().fields()) {
        if (known.name().equals(field.getName())) {
          return FileColumn.plain(field.getName(), known.dataType());
        }
      }
    }
    Try<StructType> alone = Try.apply(() -> converter.convert(new MessageType("one", field)));
    return alone.isSuccess()
        ? FileColumn.plain(field.getName(), alone.get().apply(0).dataType())
        : FileColumn.unreadable(field.getName(), written(field));
  }

  private static String written(Type field) {
    LogicalTypeAnnotation annotation = field.getLogicalTypeAnnotation();
    String physical =
        field.isPrimitive() ? field.asPrimitiveType().getPrimitiveTypeName().toString() : "group";
    return annotation == null ? physical : annotation + " (" + physical + ")";
  }
}
