package io.karat.engine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * CSV files. Columns go by the heading of each file, unless the options say that there is none;
 * values are text. A quote within quotes is written twice (RFC 4180), unless the options say how.
 */
final class CsvFiles extends SourceFormat {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CSVOptions csv;

  CsvFiles(SparkSession spark, Map<String, String> options) {
    super(spark, options);
    this.csv =
        checked(
            () -> {
              CSVOptions read =
                  new CSVOptions(
                      scala.collection.immutable.Map.from(
                          CollectionConverters.asScala(readerOptions())),
                      false,
                      settings().sessionLocalTimeZone());
              read.asParserSettings();
              return read;
            });
  }

  @Override
  FileFormat format() {
    return new CSVFileFormat();
  }

  @Override
  public boolean hasMalformedRows() {
    return true;
  }

  @Override
  public boolean hasPositions() {
    return true;
  }

  @Override
  Map<String, String> readerOptions() {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.put("header", "true");
    options.putAll(options());
    String quote = options.getOrDefault("quote", "\"");
    if (!quote.isEmpty()) {
      options.putIfAbsent("escape", quote);
    }
    if (hasWideBreaks(options)) {
      options.putIfAbsent("multiLine", "true");
    }
    // Ids would lose zeros, and times without a day get the day of the clock.
    options.put("inferSchema", "false");
    options.put("columnNameOfCorruptRecord", MALFORMED);
    options.put("enforceSchema", "true");
    // Spark counts the values of a row only where it parses all of them.
    options.put("columnPruning", "false");
    return options;
  }

  /** Whether a line ends with more than one byte, where Spark does not look unless it must. */
  private static boolean hasWideBreaks(Map<String, String> options) {
    String charset = options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8"));
    return !options.containsKey("lineSep")
        && Charset.isSupported(charset)
        && "\n".getBytes(Charset.forName(charset)).length > 1;
  }

  @Override
  public boolean hasOwnLayouts() {
    return true;
  }

  @Override
  public List<FileLayout> layouts(List<FileStatus> files) {
    List<List<String>> headings = each(files, this::heading);
    if (csv.multiLine()) {
      each(files, this::requireClosedQuotes);
    }
    return headings.stream().map(CsvFiles::layout).toList();
  }

  /** Values go to columns by position, so that all of them are taken, under names of their own. */
  @Override
  public Dataset<Row> rows(ListedFiles files, FileLayout layout, StructType taken) {
    StructType whole = new StructType();
    for (int i = 0; i < layout.columns().size(); i++) {
      whole = whole.add("value_" + i, layout.columns().get(i).type());
    }
    Dataset<Row> rows = withoutHeadings(relation(files, whole, true), layout);
    List<Column> columns = new ArrayList<>();
    for (String name : taken.fieldNames()) {
      columns.add(rows.col("value_" + position(name, layout)).as(name));
    }
    return rows.select(withOrigin(columns, rows, files));
  }

  private static int position(String name, FileLayout layout) {
    return layout.columns().stream().map(FileColumn::name).toList().indexOf(name);
  }

  /** A heading that comes again, where files were joined, is no row. */
  private Dataset<Row> withoutHeadings(Dataset<Row> rows, FileLayout layout) {
    List<Column> values = new ArrayList<>();
    List<Column> names = new ArrayList<>();
    for (int i = 0; i < layout.columns().size(); i++) {
      String name = layout.columns().get(i).name();
      if (!name.equals("_c" + i)) {
        values.add(trim(rows.col("value_" + i)));
        names.add(lit(name));
      }
    }
    if (!csv.headerFlag() || names.isEmpty()) {
      return rows;
    }

    // Most rows are told from it by their first value.
    Column isHeading =
        values
            .get(0)
            .eqNullSafe(names.get(0))
            .and(
                array(values.toArray(Column[]::new))
                    .eqNullSafe(array(names.toArray(Column[]::new))));
    Column text = concat_ws(csv.delimiter(), names.toArray(Column[]::new));
    return rows.withColumn(MALFORMED, when(isHeading, text).otherwise(rows.col(MALFORMED)));
  }

  private static FileLayout layout(List<String> heading) {
    return FileLayout.of(
        heading.stream().map(name -> FileColumn.plain(name, DataTypes.StringType)).toList());
  }

  /**
   * The names of the columns, as the file has them, without blanks around; without a heading they
   * are numbered.
   */
  private List<String> heading(FileStatus file) {
    String[] first = firstRow(file);
    if (Stream.of(first).anyMatch(value -> value != null && value.indexOf('\0') >= 0)) {
      throw FileFailures.unreadable(
          file,
          "its first row has bytes of 0, which text of two bytes a letter has, or a file that is no text, such as a workbook",
          "State the charset, for example with 'options: {encoding: UTF-16LE}', or deliver it again as text.");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      boolean isNamed = csv.headerFlag() && first[i] != null && !first[i].isBlank();
      names.add(isNamed ? first[i].strip() : "_c" + i);
    }
    return names;
  }

  private String[] firstRow(FileStatus file) {
    try {
      return SparkAction.result(
          () -> {
            try (BufferedReader reader = open(file)) {
              return firstRow(reader);
            }
          });
    } catch (SparkActionException failure) {
      throw FileFailures.of(file, failure);
    }
  }

  /** The values of the first row, as Spark finds it: a line, unless values may hold breaks. */
  private String[] firstRow(BufferedReader reader) throws IOException {
    CsvParser parser = new CsvParser(csv.asParserSettings());
    if (csv.multiLine() || csv.lineSeparator().isDefined()) {
      parser.beginParsing(reader);
      String[] first = parser.parseNext();
      parser.stopParsing();
      return first == null ? new String[0] : first;
    }

    String line = reader.readLine();
    while (line != null && (line.isBlank() || isComment(line))) {
      line = reader.readLine();
    }
    return line == null ? new String[0] : parser.parseLine(line);
  }

  private boolean isComment(String line) {
    return csv.isCommentSet() && line.charAt(0) == csv.comment();
  }

  /** Where values may hold line breaks, a quote that stays open would hide rows. */
  private FileStatus requireClosedQuotes(FileStatus file) {
    QuoteScan scan =
        new QuoteScan(
            csv.quote(),
            csv.escape(),
            csv.delimiter().charAt(0),
            csv.comment(),
            csv.ignoreLeadingWhiteSpaceInRead(),
            csv.unescapedQuoteHandling() == UnescapedQuoteHandling.STOP_AT_DELIMITER);
    OptionalLong line;
    try (BufferedReader reader = open(file)) {
      line = scan.openLine(reader);
    } catch (IOException failure) {
      throw FileFailures.of(file, failure);
    }
    if (line.isPresent()) {
      throw FileFailures.unreadable(
          file,
          "the quote that opens in line %d does not close where its value ends, so that rows behind it would be part of the value"
              .formatted(line.getAsLong()),
          "Deliver it again with that quote closed or written twice, or set 'escape' in the options of the input to what escapes a quote.");
    }
    return file;
  }

  private BufferedReader open(FileStatus file) throws IOException {
    InputStream bytes = file.getPath().getFileSystem(hadoop()).open(file.getPath());
    CompressionCodec codec = new CompressionCodecFactory(hadoop()).getCodec(file.getPath());
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                codec == null ? bytes : codec.createInputStream(bytes),
                Charset.forName(csv.charset())));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }
}
