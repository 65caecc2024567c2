package io.karat.run;

import io.karat.engine.CombineAdjacentAggregation;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.runtime.BoxedUnit;

/**
 * The Spark SQL settings that can change a result. They are set in code, the same in a night and in
 * a test, so that no cluster default alters a table.
 */
public final class SessionSettings {
  private SessionSettings() {}

  /**
   * Gives a session builder all settings, and the rule that combines adjacent aggregations.
   *
   * @param timeZone the time zone of business days
   */
  public static SparkSession.Builder apply(ZoneId timeZone, SparkSession.Builder builder) {
    of(timeZone).forEach(builder::config);
    return builder.withExtensions(
        extensions -> {
          extensions.injectQueryStagePrepRule(session -> new CombineAdjacentAggregation());
          return BoxedUnit.UNIT;
        });
  }

  /**
   * All settings by key.
   *
   * @param timeZone the time zone of business days
   */
  public static Map<String, String> of(ZoneId timeZone) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.session.timeZone", timeZone.getId());
    settings.put("spark.sql.ansi.enabled", "true");
    settings.put("spark.sql.caseSensitive", "false");
    settings.put("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    settings.put("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED");
    settings.put("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED");
    settings.put("spark.sql.parquet.inferTimestampNTZ.enabled", "true");
    settings.put("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    settings.put("spark.sql.shuffle.orderIndependentChecksum.enabled", "true");
    settings.put("spark.sql.shuffle.orderIndependentChecksum.enableFullRetryOnMismatch", "true");
    settings.put("spark.sql.files.ignoreCorruptFiles", "false");
    settings.put("spark.sql.files.ignoreMissingFiles", "false");
    settings.put("spark.sql.legacy.javaCharsets", "true");
    // Nanoseconds are read as whole numbers and converted by Karat.
    settings.put("spark.sql.legacy.parquet.nanosAsLong", "true");
    // HotSpot compiles no method of more than 8,000 bytes; above that, Spark falls back to smaller
    // ones.
    settings.put("spark.sql.codegen.hugeMethodLimit", "8000");
    // A hash aggregation of events holds this many customers in memory, and sorts rows beyond that.
    settings.put("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "20000");
    // The small hash map in front of the large one costs more to compile than it saves.
    settings.put("spark.sql.codegen.aggregate.map.twolevel.enabled", "false");
    return Map.copyOf(settings);
  }
}
