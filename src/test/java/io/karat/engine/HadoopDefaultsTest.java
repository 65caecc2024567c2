package io.karat.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.karat.testing.LocalSpark;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests which settings of Hadoop a Spark on one machine sends with each of its tasks. */
@ExtendWith(LocalSpark.class)
class HadoopDefaultsTest {
  private final SparkSession spark;

  HadoopDefaultsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Those of core-default.xml stay, as do the committers of object stores. */
  @Test
  void leavesOutTheDefaultsOfYarnMapReduceAndHdfs() {
    HdfsConfiguration.init();
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    assertEquals(Set.of("core-default.xml", "mapred-default.xml"), defaults(configuration));
    assertNull(configuration.get("yarn.resourcemanager.address"));
    assertNull(configuration.get("dfs.replication"));
    assertNull(configuration.get("mapreduce.job.reduces"));
    assertEquals(
        "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory",
        configuration.get("mapreduce.outputcommitter.factory.scheme.s3a"));
  }

  /** A key that is set to its default was set on purpose. */
  @Test
  void keepsWhatIsSet() {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    for (Map.Entry<String, String> set :
        Map.of("dfs.replication", "3", "yarn.resourcemanager.address", "rm:8032").entrySet()) {
      configuration.set(set.getKey(), set.getValue());
      try {
        HadoopDefaults.leaveOut(spark.sparkContext());
        assertEquals(set.getValue(), configuration.get(set.getKey()));
      } finally {
        configuration.unset(set.getKey());
      }
    }
  }

  private static Set<String> defaults(Configuration configuration) {
    Set<String> files = new TreeSet<>();
    for (Map.Entry<String, String> entry : configuration) {
      String[] sources = configuration.getPropertySources(entry.getKey());
      if (sources != null && sources[sources.length - 1].endsWith("-default.xml")) {
        files.add(sources[sources.length - 1]);
      }
    }
    return files;
  }
}
