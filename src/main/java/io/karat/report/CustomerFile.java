package io.karat.report;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import io.karat.report.CustomerFields.Field;
import io.karat.tables.Columns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * CSV file of all customers, beside a page that lists the largest of them: the columns of the list,
 * with exact amounts. Its lines come from Spark one part after the other, so the driver never holds
 * them all.
 */
record CustomerFile(CustomerGrid grid, CustomerAggregates customers) implements Iterable<String> {
  static final String NAME = "customers.csv";

  private static final Set<String> LISTED = Set.of("id", "name", "mark", "state", "figure");
  private static final String REASONS = "reasons";

  /** Tells a spreadsheet that the text is UTF-8. */
  private static final String MARK = "\uFEFF";

  private static final String END = "\r\n";
  private static final String QUOTE = "\"";

  /** A text that a spreadsheet would take for a formula. */
  private static final String FORMULA = "^([=+@\t\r]|-(?![0-9]+([.][0-9]+)?$))";

  /**
   * The lines with their ends: the head, then customers, those with the largest net sales first.
   */
  @Override
  public Iterator<String> iterator() {
    try {
      ListedCustomers listed = grid.rows(customers);
      Dataset<Row> all = listed.all();
      List<Field> fields =
          grid.fields().all().stream()
              .filter(it -> LISTED.contains(it.role()))
              .filter(it -> CustomerAggregates.has(all, it.column()))
              .toList();
      Iterator<String> rows =
          all.join(reasons(), ListedCustomers.toSeq(Columns.CUSTOMER_ID), "left")
              .orderBy(listed.order(all))
              .select(texts(fields))
              .select(concat(concat_ws(",", cells(fields.size() + 1)), lit(END)))
              .as(Encoders.STRING())
              .toLocalIterator();
      return Stream.concat(
              Stream.of(head(fields)),
              StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false))
          .iterator();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String head(List<Field> fields) {
    List<String> heads = new ArrayList<>();
    fields.forEach(field -> heads.add(field.label()));
    heads.add(grid.brief().say("script.reason"));
    return MARK
        + String.join(",", heads.stream().map(it -> QUOTE + it.replace(QUOTE, "") + QUOTE).toList())
        + END;
  }

  /** The reasons of each customer who has any, the most at stake first. */
  private Dataset<Row> reasons() throws IOException {
    String name = grid.brief().isChinese() ? "reason_name_zh" : "reason_name";
    Column ranked =
        array_sort(
            collect_list(struct(col("at_stake_amount").multiply(-1), col(name).as(REASONS))));
    return broadcast(
        customers
            .frame(AccountTables.KEY_ACCOUNTS)
            .groupBy(Columns.CUSTOMER_ID)
            .agg(
                array_join(transform(ranked, reason -> reason.getField(REASONS)), ", ")
                    .as(REASONS)));
  }

  /** The values as texts, codes in words. */
  private Column[] texts(List<Field> fields) {
    List<Column> texts = new ArrayList<>();
    for (Field field : fields) {
      Column value = Columns.column(field.column()).cast("string");
      Column text =
          field.codes().isEmpty() ? value : coalesce(try_element_at(names(field), value), value);
      texts.add(guarded(field, text).as("text" + texts.size()));
    }
    texts.add(col(REASONS).as("text" + texts.size()));
    return texts.toArray(Column[]::new);
  }

  private Column names(Field field) {
    return map(
        field.codes().stream()
            .flatMap(code -> Stream.of(lit(code), lit(grid.brief().name(code))))
            .toArray(Column[]::new));
  }

  /** Marks what would be taken for a formula as text. */
  private static Column guarded(Field field, Column text) {
    return Set.of("text", "word").contains(field.kind())
        ? when(text.rlike(FORMULA), concat(lit("'"), text)).otherwise(text)
        : text;
  }

  private static Column[] cells(int size) {
    List<Column> cells = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Column text = col("text" + i);
      Column quoted = concat(lit(QUOTE), replace(text, lit(QUOTE), lit(QUOTE + QUOTE)), lit(QUOTE));
      cells.add(coalesce(when(text.rlike("[\",\r\n]"), quoted).otherwise(text), lit("")));
    }
    return cells.toArray(Column[]::new);
  }
}
