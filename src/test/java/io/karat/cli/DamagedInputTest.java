package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.input.Source;
import io.karat.run.ExitCode;
import io.karat.run.KaratException;
import io.karat.settings.SecretOptions;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of what is said of files that are damaged, and of those that only look so. */
@ExtendWith(LocalSpark.class)
class DamagedInputTest {
  private static final MessageType COLUMNS =
      MessageTypeParser.parseMessageType(
          "message rows { required binary customer_id (STRING); required int32 transaction_time"
              + " (DATE); required double amount; }");
  private static final double AMOUNT = 1234.5678;

  private final SparkSession spark;
  @TempDir private Path temporary;
  private Path folder;

  DamagedInputTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void makeAFolder() throws IOException {
    folder = temporary.toRealPath();
  }

  /** Spark alone would read what the page itself proves to be wrong. */
  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void aPageThatFailsItsChecksumIsRefused(WriterVersion version) throws IOException {
    Path file = parquet(builder("a b.parquet").withWriterVersion(version));
    byte[] bytes = Files.readAllBytes(file);
    byte[] amount =
        ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(AMOUNT).array();
    bytes[indexOf(amount, bytes)] ^= 1;
    Files.write(file, bytes);

    assertEquals(
        "File '%s' cannot be read: a page of it does not match its checksum. Deliver it again, or move it away."
            .formatted(file),
        refusal("parquet"));
  }

  /** What this Spark cannot read in batches it reads row by row. */
  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void splitBytesAreRead(WriterVersion version) throws IOException {
    parquet(builder("a.parquet").withByteStreamSplitEncoding(true).withWriterVersion(version));
    parquet(builder("b.parquet").withWriterVersion(version));

    assertEquals("4 rows, 4938.2712", read("parquet"));
  }

  @Test
  void aCodecThatThisSparkHasNotIsNamed() throws IOException {
    Path file = parquet(builder("a.parquet").withCompressionCodec(CompressionCodecName.SNAPPY));
    state(CompressionCodec.BROTLI, file);

    assertEquals(
        "File '%s' cannot be read: it is compressed with BROTLI, which this Spark cannot read. Write it with zstd or snappy, or add the package of BROTLI with --packages."
            .formatted(file),
        refusal("parquet"));
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void otherCodecsAreRead(CompressionCodecName codec) throws IOException {
    parquet(builder("a.parquet").withCompressionCodec(codec));

    assertEquals("2 rows, 2469.1356", read("parquet"));
  }

  @ParameterizedTest
  @CsvSource({"a.parquet, parquet", "a.orc, orc", "a.csv, csv", "a.json, json"})
  void aFileThatWasReplacedBesideItsChecksumIsRefused(String name, String format)
      throws IOException {
    Path written = folder.resolve("written");
    spark
        .sql("SELECT 'ann' customer_id, DATE '2026-02-10' transaction_time, 1.5D amount")
        .coalesce(1)
        .write()
        .option("header", true)
        .format(format)
        .save(written.toString());
    Path other = only(written);
    spark
        .sql("SELECT 'bob' customer_id, DATE '2026-02-10' transaction_time, 2.5D amount")
        .coalesce(1)
        .write()
        .option("header", true)
        .format(format)
        .save(folder.resolve("first").toString());
    Path file = Files.move(only(folder.resolve("first")), folder.resolve(name));
    Files.move(
        other.resolveSibling("." + other.getFileName() + ".crc"),
        folder.resolve("." + name + ".crc"));
    delete(written);
    delete(folder.resolve("first"));

    assertEquals(
        "File '%s' cannot be read: it does not match its checksum file '.%s.crc'. Delete that file if another program replaced the data since, else deliver it again."
            .formatted(file, name),
        refusal(format));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.parquet | 0  | it is not a Parquet file
          a.parquet | 50 | it is not a Parquet file
          a.orc     | 50 | it is not an ORC file
          """)
  void aFileThatIsNotWholeIsRefused(String name, int percent, String reason) throws IOException {
    String format = name.substring(2);
    spark
        .range(100)
        .selectExpr("string(id) customer_id", "DATE '2026-02-10' transaction_time", "1.5D amount")
        .coalesce(1)
        .write()
        .format(format)
        .save(folder.resolve("whole").toString());
    byte[] bytes = Files.readAllBytes(only(folder.resolve("whole")));
    delete(folder.resolve("whole"));
    Path file =
        Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length * percent / 100));

    assertEquals(
        "File '%s' cannot be read: %s. Deliver it again, or move it away.".formatted(file, reason),
        refusal(format));
  }

  @Test
  void aCompressedFileThatIsNotWholeIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write("customer_id,transaction_time,amount\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 10_000; i++) {
        zipped.write((i * 7919 % 10_007 + ",2026-02-10,1\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    Path file =
        Files.write(
            folder.resolve("a.csv.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 100));

    assertEquals(
        "File '%s' cannot be read: Unexpected end of input stream. Deliver it again, or move it away."
            .formatted(file),
        refusal("csv"));
  }

  private ExampleParquetWriter.Builder builder(String name) {
    return ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()))
        .withConf(new Configuration())
        .withType(COLUMNS)
        .withDictionaryEncoding(false)
        .withPageWriteChecksumEnabled(true);
  }

  /** Writes two rows. */
  private Path parquet(ExampleParquetWriter.Builder builder) throws IOException {
    try (ParquetWriter<Group> writer = builder.build()) {
      for (String customer : List.of("ann", "bob")) {
        writer.write(
            new SimpleGroup(COLUMNS)
                .append("customer_id", customer)
                .append("transaction_time", 20494)
                .append("amount", AMOUNT));
      }
    }
    Path newest = only(folder);
    Files.deleteIfExists(newest.resolveSibling("." + newest.getFileName() + ".crc"));
    return newest;
  }

  /** Writes another codec into the footer of a file. */
  private static void state(CompressionCodec codec, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.capacity() - Integer.BYTES * 2;
    int length = bytes.getInt(end);
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(bytes.array(), end - length, length));
    footer
        .getRow_groups()
        .forEach(group -> group.getColumns().forEach(it -> it.getMeta_data().setCodec(codec)));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    written.write(bytes.array(), 0, end - length);
    Util.writeFileMetaData(footer, written);
    ByteBuffer tail = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    written.write(tail.putInt(written.size() - (end - length)).array());
    written.write("PAR1".getBytes(StandardCharsets.US_ASCII));
    Files.write(file, written.toByteArray());
  }

  private static int indexOf(byte[] wanted, byte[] bytes) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(wanted, Arrays.copyOfRange(bytes, i, i + wanted.length))) {
        return i;
      }
    }
    throw new IllegalArgumentException("not there");
  }

  /** The newest file of a folder that is not hidden. */
  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^._].*"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private String read(String format) {
    Source source =
        new Source(
            "transactions",
            List.of(folder.toString()),
            format,
            Map.of(),
            SecretOptions.NONE,
            Optional.empty(),
            List.of());
    return source
        .open(spark)
        .rows(Night.with().mapping())
        .selectExpr("concat(count(customer_id), ' rows, ', sum(amount))")
        .first()
        .getString(0);
  }

  private String refusal(String format) {
    Throwable failure = assertThrows(Throwable.class, () -> read(format));
    KaratException explained =
        Failures.explain(failure).orElseThrow(() -> new AssertionError(failure));
    assertEquals(ExitCode.INPUT, explained.exitCode());
    return String.valueOf(explained.getMessage());
  }
}
