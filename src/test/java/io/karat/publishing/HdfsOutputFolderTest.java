package io.karat.publishing;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same promises on a real HDFS: a name node and a data node in this process. */
class HdfsOutputFolderTest extends OutputFolderContract {
  private static final AtomicInteger FOLDERS = new AtomicInteger();
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("dfs.datanode.address", "127.0.0.1:0");
    cluster = new MiniDFSCluster.Builder(hadoop, new File("target/hdfs")).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown(true);
  }

  @Override
  String freshFolder() {
    return "%s/out-%d".formatted(cluster.getURI(), FOLDERS.incrementAndGet());
  }
}
