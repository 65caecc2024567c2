package io.karat.engine;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Format of files: what their columns are, and how Spark reads those of files that were listed. */
public abstract class SourceFormat {
  /**
   * The column with the text of a row that does not fit its format; null in every other row. Only
   * text formats have it.
   */
  public static final String MALFORMED = "_karat_malformed_row";

  /** The column with the path of a row's file. */
  public static final String FILE = "_karat_file";

  /** The column with the number of a row's file, as text. */
  public static final String FILE_NUMBER = "_karat_file_number";

  private static final int FILES_AT_ONCE = 16;
  private static final int BEGINNING = 1 << 20;

  private final SparkSession spark;
  private final Map<String, String> options;

  SourceFormat(SparkSession spark, Map<String, String> options) {
    this.spark = spark;
    this.options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.options.putAll(options);
  }

  /**
   * The format of a name.
   *
   * @param name a format of files that this Spark has
   * @param options of Spark's reader, by name
   * @throws UnsupportedOperationException if it is not one of files
   * @throws IllegalArgumentException if an option has a value that Spark refuses
   */
  public static SourceFormat of(String name, Map<String, String> options, SparkSession spark) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "parquet" -> new ParquetFiles(spark, options);
      case "orc" -> new OrcFiles(spark, options);
      case "csv" -> new CsvFiles(spark, options);
      case "json" -> new JsonFiles(spark, options);
      default -> new OtherFiles(spark, options, name);
    };
  }

  /** Whether the layout of a file is its own, learned by opening that file alone. */
  public boolean hasOwnLayouts() {
    return false;
  }

  /**
   * The layouts of files, in their order; may open every file, or start jobs.
   *
   * @throws UnreadableFileException if a file cannot be opened
   */
  public abstract List<FileLayout> layouts(List<FileStatus> files);

  /**
   * What files are now that were listed before, in their order; empty for one that is gone.
   *
   * @throws UnreadableFileException if a file system does not answer
   */
  public final List<Optional<FileStatus>> now(List<FileStatus> files) {
    return each(files, this::now);
  }

  private Optional<FileStatus> now(FileStatus listed) {
    try {
      return Optional.of(listed.getPath().getFileSystem(hadoop()).getFileStatus(listed.getPath()));
    } catch (FileNotFoundException gone) {
      return Optional.empty();
    } catch (IOException failure) {
      throw FileFailures.of(listed, failure);
    }
  }

  /**
   * A checksum of the first megabyte of a file as it is stored.
   *
   * @throws UnreadableFileException if it cannot be read
   */
  public final long beginning(FileStatus file) {
    try (InputStream content = file.getPath().getFileSystem(hadoop()).open(file.getPath())) {
      CRC32C sum = new CRC32C();
      sum.update(content.readNBytes(BEGINNING));
      return sum.getValue();
    } catch (IOException failure) {
      throw FileFailures.of(file, failure);
    }
  }

  /**
   * The rows of files of one layout: the columns taken, those of their folders, {@link #FILE} if
   * asked for, and {@link #MALFORMED} in a text format.
   *
   * @param layout the layout that all files share, for formats in which columns have positions
   * @param taken the columns to take from the files, in the types in which they are taken
   */
  public Dataset<Row> rows(ListedFiles files, FileLayout layout, StructType taken) {
    Dataset<Row> rows = relation(files, taken, layout.isBatched());
    List<Column> columns = new ArrayList<>();
    Stream.of(taken.fieldNames()).forEach(name -> columns.add(rows.col(quoted(name))));
    return rows.select(withOrigin(columns, rows, files));
  }

  /** Adds what every row has beside the columns of its file. */
  final Column[] withOrigin(List<Column> columns, Dataset<Row> rows, ListedFiles files) {
    List<Column> all = new ArrayList<>(columns);
    Stream.of(files.partitionSchema().fieldNames())
        .forEach(name -> all.add(rows.col(quoted(name))));
    if (files.isNamed()) {
      // Spark makes all of the metadata for every row if the plan names them, used or not.
      all.add(rows.metadataColumn("_metadata").getField("file_path").as(FILE));
    }
    if (hasMalformedRows()) {
      all.add(rows.col(MALFORMED));
    }
    return all.toArray(Column[]::new);
  }

  /** The name as an identifier that may hold any character. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  final Dataset<Row> relation(ListedFiles files, StructType taken, boolean isBatched) {
    SparkSession session = isBatched ? spark : unbatched();
    Map<String, String> all = new TreeMap<>(readerOptions());
    StructType columns = hasMalformedRows() ? taken.add(MALFORMED, DataTypes.StringType) : taken;
    HadoopFsRelation relation =
        HadoopFsRelation.apply(
            files,
            files.partitionSchema(),
            columns,
            Option.empty(),
            format(),
            scala.collection.immutable.Map.from(CollectionConverters.asScala(all)),
            session);
    return spark.baseRelationToDataFrame(relation);
  }

  /** Whether a row can be malformed, so that rows have {@link #MALFORMED}. */
  public boolean hasMalformedRows() {
    return false;
  }

  /** Whether columns have positions, so that only files with the same ones can be read together. */
  public boolean hasPositions() {
    return false;
  }

  /**
   * Options that Spark has read.
   *
   * @throws IllegalArgumentException if it refuses one
   */
  static <T> T checked(Supplier<T> options) {
    try {
      return SparkAction.result(options::get);
    } catch (SparkActionException refused) {
      String words =
          String.valueOf(refused.getMessage())
              .lines()
              .findFirst()
              .orElse("")
              .replaceAll("^\\[[A-Z_.0-9]+] |\\s*SQLSTATE: .*$|^requirement failed: ", "");
      throw new IllegalArgumentException(words, refused);
    }
  }

  /** The columns that files must share, in this order, to be read together; often none. */
  public List<FileColumn> positions(FileLayout layout) {
    return hasPositions() ? layout.columns() : List.of();
  }

  abstract FileFormat format();

  /** The options of Spark's reader. */
  Map<String, String> readerOptions() {
    return options;
  }

  final SparkSession spark() {
    return spark;
  }

  final Map<String, String> options() {
    return options;
  }

  final Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  final SQLConf settings() {
    return ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().conf();
  }

  /** A session that reads Parquet row by row, which knows encodings that batches do not. */
  private SparkSession unbatched() {
    SparkSession session = ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession();
    session.conf().set("spark.sql.parquet.enableVectorizedReader", "false");
    return session;
  }

  /** Opens several files at once, as most of the time is spent waiting. */
  static <T> List<T> each(List<FileStatus> files, Function<FileStatus, T> step) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(files.size() + 1, FILES_AT_ONCE));
    try {
      List<Future<T>> results =
          files.stream().map(file -> threads.submit(() -> step.apply(file))).toList();
      return results.stream().map(SourceFormat::result).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }

      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Spark's schema of files, inferred by the format itself. */
  final StructType inferred(FileFormat format, Map<String, String> with, List<FileStatus> files) {
    Option<StructType> schema =
        format.inferSchema(
            spark,
            scala.collection.immutable.Map.from(CollectionConverters.asScala(with)),
            CollectionConverters.asScala(files).toSeq());
    return schema.isEmpty() ? new StructType() : schema.get();
  }

  static List<FileColumn> plain(StructType schema) {
    return Stream.of(schema.fields())
        .map(field -> FileColumn.plain(field.name(), field.dataType()))
        .toList();
  }
}
