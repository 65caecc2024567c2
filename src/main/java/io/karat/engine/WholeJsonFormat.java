package io.karat.engine;

import java.io.Serial;
import java.io.Serializable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.json.JsonDataSource;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

/**
 * Format of JSON files in which what follows the value of a line makes the line malformed. Spark
 * itself reads the first value and passes over others in silence.
 */
final class WholeJsonFormat extends JsonFileFormat {
  @Serial private static final long serialVersionUID = 1;

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReader(
      SparkSession spark,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration hadoop) {
    Broadcast<SerializableConfiguration> settings =
        new JavaSparkContext(spark.sparkContext()).broadcast(new SerializableConfiguration(hadoop));
    JSONOptionsInRead json =
        new JSONOptionsInRead(
            options, spark.sessionState().conf().sessionLocalTimeZone(), SourceFormat.MALFORMED);
    StructType values =
        new StructType(
            Stream.of(requiredSchema.fields())
                .filter(field -> !field.name().equals(SourceFormat.MALFORMED))
                .toArray(StructField[]::new));
    return (Function1<PartitionedFile, Iterator<InternalRow>> & Serializable)
        file ->
            JsonDataSource.apply(json)
                .readFile(
                    settings.value().value(),
                    file,
                    new WholeJsonParser(values, json, filters),
                    requiredSchema);
  }
}
