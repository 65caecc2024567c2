package io.karat.engine;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
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
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * CSV files. Columns go by the heading of each file, unless the options say that there is none;
 * values are text unless types are to be inferred, in which case fractions are decimals.
 */
final class CsvFiles extends SourceFormat {
  private static final DataType FRACTION = DataTypes.createDecimalType(38, 18);
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
    options.put("columnNameOfCorruptRecord", MALFORMED);
    options.put("enforceSchema", "true");
    // Spark counts the values of a row only where it parses all of them.
    options.put("columnPruning", "false");
    return options;
  }

  /** Types are inferred from all files together. */
  @Override
  public boolean hasOwnLayouts() {
    return !csv.inferSchemaFlag();
  }

  @Override
  public List<FileLayout> layouts(List<FileStatus> files) {
    List<List<String>> headings = each(files, this::heading);
    if (csv.multiLine()) {
      each(files, this::requireClosedQuotes);
    }
    Map<List<String>, List<FileStatus>> alike = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      alike.computeIfAbsent(headings.get(i), heading -> new ArrayList<>()).add(files.get(i));
    }
    Map<List<String>, FileLayout> layouts = new LinkedHashMap<>();
    alike.forEach((heading, those) -> layouts.put(heading, layout(heading, those)));
    return headings.stream().map(layouts::get).toList();
  }

  /** Values go to columns by position, so that all of them are taken, under names of their own. */
  @Override
  public Dataset<Row> rows(ListedFiles files, FileLayout layout, StructType taken) {
    StructType whole = new StructType();
    for (int i = 0; i < layout.columns().size(); i++) {
      whole = whole.add("value_" + i, layout.columns().get(i).type());
    }
    Dataset<Row> rows = relation(files, whole, true);
    List<Column> columns = new ArrayList<>();
    for (String name : taken.fieldNames()) {
      columns.add(rows.col("value_" + position(name, layout)).as(name));
    }
    return rows.select(withOrigin(columns, rows, files));
  }

  private static int position(String name, FileLayout layout) {
    return layout.columns().stream().map(FileColumn::name).toList().indexOf(name);
  }

  private FileLayout layout(List<String> heading, List<FileStatus> files) {
    List<FileColumn> columns = new ArrayList<>();
    StructType types = csv.inferSchemaFlag() ? inferred(format(), readerOptions(), files) : null;
    for (int i = 0; i < heading.size(); i++) {
      DataType type = DataTypes.StringType;
      if (types != null && i < types.size()) {
        StructField field = types.apply(i);
        type = field.dataType() instanceof DoubleType ? FRACTION : field.dataType();
      }
      columns.add(FileColumn.plain(heading.get(i), type));
    }
    return FileLayout.of(columns);
  }

  /** The names of the columns, as the file has them; without a heading they are numbered. */
  private List<String> heading(FileStatus file) {
    String[] first = firstRow(file);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      boolean isNamed = csv.headerFlag() && first[i] != null && !first[i].isBlank();
      names.add(isNamed ? first[i] : "_c" + i);
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
          "Deliver it again with that quote closed or escaped.");
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
