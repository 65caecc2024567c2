package io.karat.mart;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/**
 * A coalescer that deals out partitions in turn, so that those of one large table come to all
 * groups.
 */
final class RoundRobinCoalescer implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public PartitionGroup[] coalesce(int most, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    PartitionGroup[] groups = new PartitionGroup[Math.min(most, partitions.length)];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = new PartitionGroup(Option.empty());
    }
    for (int i = 0; i < partitions.length; i++) {
      groups[i % groups.length].partitions().append(partitions[i]);
    }
    return groups;
  }
}
