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
   * Gives a session to be all settings, and plans in which no aggregation is done in two halves
   * without need.
   *
   * @param timeZone the zone in which a business day is a day
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
   * Settings by key.
   *
   * @param timeZone the zone in which a business day is a day
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
    settings.put("spark.sql.sources.partitionColumnTypeInference.enabled", "true");
    // Java compiles no method of more than 8,000 bytes to machine code; Spark then takes smaller
    // ones.
    settings.put("spark.sql.codegen.hugeMethodLimit", "8000");
    // The events of so many customers are put together in memory, those of more after sorting.
    settings.put("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "20000");
    // A second, small hash map before the large one costs more to compile than it saves.
    settings.put("spark.sql.codegen.aggregate.map.twolevel.enabled", "false");
    return Map.copyOf(settings);
  }
}
