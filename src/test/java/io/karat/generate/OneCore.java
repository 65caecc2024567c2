package io.karat.generate;

import io.karat.run.SessionSettings;
import java.time.ZoneId;
import org.apache.spark.sql.SparkSession;

/**
 * A process that writes a firm, clean and dirty, with one core and other settings than the tests
 * have.
 */
final class OneCore {
  private OneCore() {}

  /** Arguments: customers, days, seed, output. */
  public static void main(String[] arguments) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.adaptive.enabled", false)
            .config("spark.sql.shuffle.partitions", 7);
    SessionSettings.apply(ZoneId.of("Asia/Shanghai"), builder);
    SparkSession spark = builder.getOrCreate();
    long customers = Long.parseLong(arguments[0]);
    int days = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    SyntheticFirm firm = SyntheticFirm.of(customers, days, seed);
    firm.write(spark, arguments[3] + "/clean");
    firm.writeDirty(spark, arguments[3] + "/dirty");
    spark.stop();
  }
}
