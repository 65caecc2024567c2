package io.karat.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.spark.SparkContext;

/**
 * Defaults that Hadoop's libraries bring with them for services that a Spark on one machine does
 * not run.
 *
 * <p>Spark sends its Hadoop configuration with every scan and every task that writes, and each of
 * them unpacks it again. Of its 1,600 entries 1,250 are the defaults of YARN, MapReduce and HDFS,
 * each of which the code that reads it knows as well: a small night spends a seventh of its
 * processor time on them.
 */
public final class HadoopDefaults {
  private static final List<String> UNUSED =
      List.of("mapred-default.xml", "yarn-default.xml", "hdfs-default.xml");

  /** How tables are committed to object stores stands in the defaults of MapReduce alone. */
  private static final String COMMITTERS = "mapreduce.outputcommitter.";

  private HadoopDefaults() {}

  /**
   * Takes the defaults of services that do not run out of a context's configuration. What a site's
   * files, Spark or a program set is kept.
   *
   * @param context a context that runs its tasks itself
   */
  public static void leaveOut(SparkContext context) {
    Configuration configuration = context.hadoopConfiguration();
    // A class that adds such defaults, once it is loaded, would bring all of them back.
    new JobConf(false);
    HdfsConfiguration.init();
    List<String> unused = new ArrayList<>();
    for (Map.Entry<String, String> entry : configuration) {
      String[] sources = configuration.getPropertySources(entry.getKey());
      if (sources != null
          && UNUSED.contains(sources[sources.length - 1])
          && !entry.getKey().startsWith(COMMITTERS)) {
        unused.add(entry.getKey());
      }
    }
    unused.forEach(configuration::unset);
  }
}
