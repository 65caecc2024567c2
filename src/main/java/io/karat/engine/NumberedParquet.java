package io.karat.engine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.substring_index;

import java.util.List;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.BucketSpec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.Some;
import scala.collection.immutable.Map;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Parquet files whose names have the numbers of the partitions that they hold, as those of a
 * bucketed table have. So a frame that was partitioned by a column can be read as such.
 */
public final class NumberedParquet extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;

  /** Writes the rows of each partition into a file, in a folder that must not be there yet. */
  public static void write(
      Dataset<Row> rows, String folder, java.util.Map<String, String> options) {
    rows.write().format(NumberedParquet.class.getName()).options(options).save(folder);
  }

  /**
   * Reads the first partitions of a folder as they are.
   *
   * <p>Never unite such frames: Spark 4.1.0 takes the union of what it reads in columns for
   * partitioned like its parts, which it is not (SPARK-59141).
   *
   * @param key the column by which the rows were partitioned
   * @param partitions their number; files of others are passed over
   */
  public static Dataset<Row> partitions(
      String folder, StructType schema, String key, int partitions, SparkSession spark) {
    LogicalRelation files =
        (LogicalRelation) spark.read().schema(schema).parquet(folder).queryExecution().analyzed();
    HadoopFsRelation relation = (HadoopFsRelation) files.relation();
    BucketSpec buckets =
        BucketSpec.apply(
            partitions,
            CollectionConverters.asScala(List.of(key)).toSeq(),
            CollectionConverters.asScala(List.<String>of()).toSeq());
    return spark.baseRelationToDataFrame(
        relation.copy(
            relation.location(),
            relation.partitionSchema(),
            relation.dataSchema(),
            new Some<>(buckets),
            relation.fileFormat(),
            relation.options(),
            spark));
  }

  /**
   * Whether a row lies in the file of the partition of its key. It does unless Spark did not keep
   * the partitions between the key and the file, as its versions do it differently.
   *
   * @param partitions the number of partitions
   */
  public static Column isInPlace(String key, int partitions) {
    Column number = substring_index(col("_metadata.file_name"), "_", -1);
    return pmod(hash(col(key)), lit(partitions))
        .equalTo(substring_index(number, ".", 1).cast("int"));
  }

  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession spark, Job job, Map<String, String> options, StructType schema) {
    return new Writers(super.prepareWrite(spark, job, options, schema));
  }

  /** Writers of files with numbers. */
  private static final class Writers extends OutputWriterFactory {
    private static final long serialVersionUID = 1L;

    private final OutputWriterFactory writers;

    Writers(OutputWriterFactory writers) {
      this.writers = writers;
    }

    @Override
    public String getFileExtension(TaskAttemptContext context) {
      return "_%05d%s"
          .formatted(
              context.getTaskAttemptID().getTaskID().getId(), writers.getFileExtension(context));
    }

    @Override
    public OutputWriter newInstance(String path, StructType schema, TaskAttemptContext context) {
      return writers.newInstance(path, schema, context);
    }
  }
}
