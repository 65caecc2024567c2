package io.karat.generate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/**
 * The footer of a Parquet file, with its schema, its number of rows and its encodings.
 *
 * <p>Parquet's writer lists the encodings of a column in the order of a hash set, so that two runs
 * write the same rows with different bytes. A copy made here lists them in a fixed order.
 *
 * @param start the position of the footer, which is the end of the data
 */
record ParquetFooter(FileMetaData metadata, long start) {
  private static final String MAGIC = "PAR1";
  private static final int TRAILER_BYTES = Integer.BYTES + MAGIC.length();

  /** Copies a file to a new path, with a footer that depends on its rows alone. */
  static ParquetFooter copy(FileSystem files, FileStatus from, Path to) throws IOException {
    try (FSDataInputStream in = files.open(from.getPath());
        OutputStream out = files.create(to, false)) {
      ParquetFooter footer = read(in, from.getLen()).ordered();
      in.seek(0);
      copyBytes(in, footer.start(), out);
      footer.write(out);
      return footer;
    }
  }

  long rows() {
    return metadata.getNum_rows();
  }

  private static ParquetFooter read(FSDataInputStream in, long length) throws IOException {
    byte[] size = new byte[Integer.BYTES];
    in.readFully(length - TRAILER_BYTES, size);
    byte[] footer = new byte[ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt()];
    long start = length - TRAILER_BYTES - footer.length;
    in.readFully(start, footer);
    return new ParquetFooter(Util.readFileMetaData(new ByteArrayInputStream(footer)), start);
  }

  private ParquetFooter ordered() {
    FileMetaData ordered = new FileMetaData(metadata);
    ordered.getRow_groups().stream()
        .flatMap(group -> group.getColumns().stream())
        .forEach(column -> column.getMeta_data().getEncodings().sort(null));
    return new ParquetFooter(ordered, start);
  }

  private static void copyBytes(InputStream in, long bytes, OutputStream out) throws IOException {
    byte[] piece = new byte[1 << 20];
    long left = bytes;
    while (left > 0) {
      int read = in.readNBytes(piece, 0, (int) Math.min(left, piece.length));
      if (read == 0) {
        throw new IOException("A file that Spark wrote ends %d bytes early".formatted(left));
      }
      out.write(piece, 0, read);
      left -= read;
    }
  }

  private void write(OutputStream out) throws IOException {
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, footer);
    footer.writeTo(out);
    out.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(footer.size())
            .array());
    out.write(MAGIC.getBytes(StandardCharsets.US_ASCII));
  }
}
