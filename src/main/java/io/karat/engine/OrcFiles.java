package io.karat.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.TypeDescription;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.execution.datasources.orc.OrcUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.util.Try;

/**
 * ORC files. Their footers tell columns and rows before a row is read. Their timestamps have no
 * zone: they are read by the wall clock, wherever that is done.
 */
final class OrcFiles extends SourceFormat {
  private static final String NUMBERED = "_col";

  OrcFiles(SparkSession spark, Map<String, String> options) {
    super(spark, options);
  }

  @Override
  FileFormat format() {
    return new OrcFileFormat();
  }

  @Override
  public boolean hasOwnLayouts() {
    return true;
  }

  @Override
  public List<FileLayout> layouts(List<FileStatus> files) {
    return each(files, this::layout);
  }

  /** Files of Hive may name their columns {@code _col0} and on: Spark takes them by position. */
  @Override
  public List<FileColumn> positions(FileLayout layout) {
    boolean isNamed = layout.columns().stream().anyMatch(it -> !it.name().startsWith(NUMBERED));
    return isNamed ? List.of() : layout.columns();
  }

  @Override
  public Dataset<Row> rows(ListedFiles files, FileLayout layout, StructType taken) {
    List<FileColumn> positions = positions(layout);
    if (positions.isEmpty()) {
      return super.rows(files, layout, taken);
    }

    Map<String, StructField> fields = new LinkedHashMap<>();
    for (FileColumn column : positions) {
      DataType type = column.hasValues() ? column.type() : DataTypes.StringType;
      fields.put(column.name(), new StructField(column.name(), type, true, Metadata.empty()));
    }
    Stream.of(taken.fields()).forEach(field -> fields.put(field.name(), field));
    StructType whole = new StructType(fields.values().toArray(StructField[]::new));
    Dataset<Row> rows = relation(files, whole, true);
    List<Column> columns = new ArrayList<>();
    Stream.of(taken.fieldNames()).forEach(name -> columns.add(rows.col(quoted(name))));
    return rows.select(withOrigin(columns, rows, files));
  }

  private FileLayout layout(FileStatus file) {
    try {
      return SparkAction.result(() -> layout(file.getPath()));
    } catch (SparkActionException failure) {
      String message = String.valueOf(failure.getMessage());
      throw message.contains("Malformed ORC file") || message.contains("not a valid ORC file")
          ? FileFailures.damaged(file, "it is not an ORC file", failure)
          : FileFailures.of(file, failure);
    }
  }

  private FileLayout layout(Path file) throws IOException {
    try (Reader reader = OrcFile.createReader(file, OrcFile.readerOptions(hadoop()))) {
      return new FileLayout(
          columns(reader.getSchema()), OptionalLong.of(reader.getNumberOfRows()), true);
    }
  }

  private static List<FileColumn> columns(TypeDescription schema) {
    List<FileColumn> columns = new ArrayList<>();
    List<String> names = schema.getFieldNames();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      TypeDescription type = schema.getChildren().get(i);
      TypeDescription alone = TypeDescription.createStruct().addField("one", type.clone());
      Try<StructType> known = Try.apply(() -> OrcUtils.toCatalystSchema(alone));
      columns.add(
          known.isSuccess()
              ? column(name, type, known.get().apply(0).dataType())
              : FileColumn.unreadable(name, type.toString()));
    }
    return columns;
  }

  private static FileColumn column(String name, TypeDescription written, DataType type) {
    boolean isLocal =
        written.getCategory() == TypeDescription.Category.TIMESTAMP
            && type.equals(DataTypes.TimestampType);
    return isLocal ? FileColumn.local(name) : FileColumn.plain(name, type);
  }
}
