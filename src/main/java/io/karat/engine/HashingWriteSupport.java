package io.karat.engine;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Write support of Parquet that digests each row it writes, and notes the digest in the footer. */
public final class HashingWriteSupport extends ParquetWriteSupport {
  private static final String ROWS = "io.karat.rows";
  private static final String SUM = "io.karat.content";

  /** The setting with the columns that do not count. */
  static final String LEFT_OUT = "io.karat.content.without";

  private ContentDigest content = new ContentDigest(RowText.of(new StructType(), Set.of()));

  @Override
  public WriteSupport.WriteContext init(Configuration hadoop) {
    String schema = hadoop.get(ParquetWriteSupport.SPARK_ROW_SCHEMA());
    content =
        new ContentDigest(
            RowText.of(
                (StructType) DataType.fromJson(schema),
                Set.copyOf(hadoop.getTrimmedStringCollection(LEFT_OUT))));
    return super.init(hadoop);
  }

  @Override
  public void write(InternalRow row) {
    content.add(row);
    super.write(row);
  }

  @Override
  public WriteSupport.FinalizedWriteContext finalizeWrite() {
    return new WriteSupport.FinalizedWriteContext(
        Map.of(ROWS, Long.toString(content.rows()), SUM, content.sum().toString()));
  }

  /** The content that was noted in a file. */
  static HashedParquet.Content content(String file, Configuration hadoop) throws IOException {
    ParquetMetadata footer = StoredFooter.of(file, hadoop);
    long there = footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    Map<String, String> notes = footer.getFileMetaData().getKeyValueMetaData();
    String rows = notes.get(ROWS);
    String sum = notes.get(SUM);
    if (rows == null || sum == null || Long.parseLong(rows) != there) {
      throw new IOException(
          "%s has %d rows and notes %s: it was written by another program or damaged"
              .formatted(file, there, rows));
    }
    return new HashedParquet.Content(there, new BigInteger(sum));
  }
}
