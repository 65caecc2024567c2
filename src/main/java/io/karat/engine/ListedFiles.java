package io.karat.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * File index of the files that were listed before, and of no others: Spark reads each of them once,
 * whatever lies beside them by then.
 */
public final class ListedFiles implements FileIndex {
  private final List<ListedFile> files;
  private final List<String> partitionColumns;
  private final boolean isNamed;

  /**
   * An index of files.
   *
   * @param partitionColumns the columns that every row has from the folders of its file, in order
   * @param isNamed whether every row tells the path of its file, which costs time
   */
  public ListedFiles(List<ListedFile> files, List<String> partitionColumns, boolean isNamed) {
    this.isNamed = isNamed;
    this.files = List.copyOf(files);
    this.partitionColumns = List.copyOf(partitionColumns);
  }

  /**
   * A listed file.
   *
   * @param partitions the values that its folders state, as text; a column without one is null
   */
  public record ListedFile(FileStatus status, Map<String, String> partitions) {
    public ListedFile {
      partitions = Collections.unmodifiableMap(new LinkedHashMap<>(partitions));
    }
  }

  boolean isNamed() {
    return isNamed;
  }

  List<FileStatus> statuses() {
    return files.stream().map(ListedFile::status).toList();
  }

  @Override
  public Seq<Path> rootPaths() {
    List<Path> paths = files.stream().map(file -> file.status().getPath()).toList();
    return CollectionConverters.asScala(paths).toSeq();
  }

  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    Map<Map<String, String>, List<FileStatus>> byValues = new LinkedHashMap<>();
    files.forEach(
        file ->
            byValues
                .computeIfAbsent(file.partitions(), values -> new ArrayList<>())
                .add(file.status()));
    List<Expression> filters =
        CollectionConverters.asJava(partitionFilters).stream().map(this::bound).toList();
    List<PartitionDirectory> folders = new ArrayList<>();
    byValues.forEach(
        (values, statuses) -> {
          InternalRow row = row(values);
          if (filters.stream().allMatch(filter -> Boolean.TRUE.equals(filter.eval(row)))) {
            folders.add(PartitionDirectory.apply(row, statuses.toArray(FileStatus[]::new)));
          }
        });
    return CollectionConverters.asScala(folders).toSeq();
  }

  /** The filter over the values of a folder; Spark does not apply it to rows again. */
  private Expression bound(Expression filter) {
    return filter.transform(
        new AbstractPartialFunction<Expression, Expression>() {
          @Override
          public boolean isDefinedAt(Expression part) {
            return part instanceof AttributeReference;
          }

          @Override
          public Expression apply(Expression part) {
            String name = ((AttributeReference) part).name();
            return new BoundReference(partitionColumns.indexOf(name), part.dataType(), true);
          }
        });
  }

  private InternalRow row(Map<String, String> values) {
    return new GenericInternalRow(
        partitionColumns.stream()
            .map(name -> UTF8String.fromString(values.get(name)))
            .toArray(Object[]::new));
  }

  @Override
  public String[] inputFiles() {
    return files.stream().map(file -> file.status().getPath().toString()).toArray(String[]::new);
  }

  @Override
  public void refresh() {
    // The list is what it was when the night began.
  }

  @Override
  public long sizeInBytes() {
    return files.stream().mapToLong(file -> file.status().getLen()).sum();
  }

  @Override
  public StructType partitionSchema() {
    StructType schema = new StructType();
    for (String name : partitionColumns) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema;
  }

  @Override
  public String toString() {
    return "%d listed files".formatted(files.size());
  }
}
