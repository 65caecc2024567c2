package io.karat.engine;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/**
 * Parquet files with the digest of their rows in the footer. The task that writes a file digests
 * its rows, so that nothing has to be read again.
 */
public final class HashedParquet extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;

  /**
   * Content that a file notes.
   *
   * @param sum of the digests of its rows, see {@link ContentDigest}
   */
  public record Content(long rows, BigInteger sum) {}

  /**
   * Writes rows into a folder, which must not be there yet.
   *
   * @param leftOut the columns that do not count for the content
   */
  public static void write(
      Dataset<Row> rows,
      String folder,
      java.util.Map<String, String> options,
      Set<String> leftOut) {
    rows.write()
        .format(HashedParquet.class.getName())
        .options(options)
        .option(HashingWriteSupport.LEFT_OUT, String.join(",", leftOut))
        .save(folder);
  }

  /**
   * Writes a table of a few rows into a folder, as one file and without a job.
   *
   * @param rows hold the values of the schema
   * @param leftOut the columns that do not count for the content
   * @param hadoop settings for the file
   */
  public static void write(
      List<Row> rows,
      StructType schema,
      String folder,
      Set<String> leftOut,
      Configuration hadoop,
      SparkSession spark)
      throws IOException {
    Job job = Job.getInstance(hadoop);
    job.getConfiguration().setStrings(HashingWriteSupport.LEFT_OUT, leftOut.toArray(String[]::new));
    OutputWriterFactory writers =
        new HashedParquet().prepareWrite(spark, job, Map$.MODULE$.empty(), schema);
    TaskAttemptContext context =
        new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID());
    String file =
        "%s/part-00000-%s%s"
            .formatted(folder, UUID.randomUUID(), writers.getFileExtension(context));
    Function1<Object, Object> internal = CatalystTypeConverters.createToCatalystConverter(schema);
    OutputWriter writer = writers.newInstance(file, schema, context);
    try {
      rows.forEach(row -> writer.write((InternalRow) internal.apply(row)));
    } finally {
      writer.close();
    }
  }

  /**
   * The content of a file that this class has written.
   *
   * @throws IOException if its rows are not those that it notes, or it notes none
   */
  public static Content content(String file, Configuration hadoop) throws IOException {
    return HashingWriteSupport.content(file, hadoop);
  }

  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession spark, Job job, Map<String, String> options, StructType schema) {
    OutputWriterFactory writers = super.prepareWrite(spark, job, options, schema);
    ParquetOutputFormat.setWriteSupportClass(job, HashingWriteSupport.class);
    return writers;
  }
}
