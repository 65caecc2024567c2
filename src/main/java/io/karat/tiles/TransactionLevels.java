package io.karat.tiles;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.frame.Money;
import io.karat.settings.MeasureSettings.Per;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Puts the rows of transactions together level by level: lines into transactions, transactions into
 * a customer's day. Rows of a customer lie together already, so no level moves any.
 */
final class TransactionLevels {
  private static final String CUSTOMER = "customer_id";
  private static final String DAY = "day";
  private static final String LINES = "line_count";
  private static final String IS_DUPLICATE = "is_duplicate";

  // What a transaction adds up for itself: no measure of a business begins with "_".
  private static final String LINE_SUM = "_line_count";
  private static final String AMOUNT = "_transaction_amount";
  private static final String COST = "_transaction_cost";
  private static final String UNCOSTED = "_uncosted_lines";

  private final Money money;
  private final boolean isLines;
  private final boolean hasDuplicates;
  private final List<Measure> measures;

  TransactionLevels(Money money, boolean isLines, boolean hasDuplicates, List<Measure> measures) {
    this.money = money;
    this.isLines = isLines;
    this.hasDuplicates = hasDuplicates;
    this.measures = measures;
  }

  /** One row per customer and day, and what it holds. */
  Level days(Dataset<Row> candidates) {
    return isLines ? daysOfLines(candidates) : daysOfTransactions(candidates);
  }

  private Level daysOfTransactions(Dataset<Row> rows) {
    Column isUsed = not(col(IS_DUPLICATE));
    Words words = rowWords(rows);
    List<CompiledMeasure> contributing = new ArrayList<>();
    compile(Per.ROW, rows, words, isUsed).forEach(contributing::add);
    compile(Per.TRANSACTION, rows, transactionWords(rows), isUsed).forEach(contributing::add);
    contributing.addAll(dayWords(col("type"), col("amount"), isUsed));
    contributing.add(count(Tally.USED_ROWS, isUsed));
    contributing.add(absolute(Tally.USED_AMOUNT, isUsed));
    contributing.addAll(duplicates());
    contributing.add(count(Tally.REFUSED_ROWS, lit(false)));
    contributing.add(absolute(Tally.REFUSED_AMOUNT, lit(false)));
    return Level.grouped(rows, List.of(CUSTOMER, DAY), contributing);
  }

  private Level daysOfLines(Dataset<Row> lines) {
    Column isDelivered = not(col(IS_DUPLICATE));
    List<CompiledMeasure> ofRows = compile(Per.ROW, lines, rowWords(lines), isDelivered).toList();
    List<CompiledMeasure> sums = new ArrayList<>(ofRows);
    sums.add(count(LINE_SUM, isDelivered));
    sums.add(sum(AMOUNT, when(isDelivered, col("amount"))));
    if (has(lines, "cost")) {
      sums.add(sum(COST, when(isDelivered, col("cost"))));
      sums.add(count(UNCOSTED, isDelivered.and(col("cost").isNull())));
    }
    sums.add(absolute(Tally.USED_AMOUNT, isDelivered));
    sums.addAll(duplicates());
    Level transactions =
        Level.grouped(lines, List.of(CUSTOMER, "transaction_id", "type", DAY), sums);

    Dataset<Row> judged = judged(transactions.rows(), has(lines, "cost"));
    Words words = transactionWords(judged);
    Column isUsed = col("is_used");
    List<CompiledMeasure> contributing = new ArrayList<>();
    ofRows.forEach(measure -> contributing.add(measure.carriedWhere(isUsed)));
    compile(Per.TRANSACTION, judged, words, isUsed).forEach(contributing::add);
    contributing.addAll(dayWords(col("type"), col("amount"), isUsed));
    contributing.addAll(linesWhere(isUsed, Tally.USED_ROWS, Tally.USED_AMOUNT));
    contributing.addAll(linesWhere(not(isUsed), Tally.REFUSED_ROWS, Tally.REFUSED_AMOUNT));
    duplicates().forEach(tally -> contributing.add(tally.carriedWhere(lit(true))));
    return Level.grouped(judged, List.of(CUSTOMER, DAY), contributing);
  }

  /** A transaction whose lines add up to less than zero, or to too many digits, is not used. */
  private static Dataset<Row> judged(Dataset<Row> transactions, boolean hasCost) {
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    Column amount = Money.minorUnitsOf(col(AMOUNT + "__0"), col(AMOUNT + "__1"));
    columns.add(amount.as("amount"));
    columns.add(functions.coalesce(amount.geq(0), lit(false)).as("is_used"));
    columns.add(col(LINE_SUM + "__0").as(LINES));
    if (hasCost) {
      Column cost = Money.minorUnitsOf(col(COST + "__0"), col(COST + "__1"));
      columns.add(
          when(functions.coalesce(col(UNCOSTED + "__0"), lit(0L)).equalTo(0), cost).as("cost"));
    }
    return transactions.select(columns.toArray(Column[]::new));
  }

  private List<CompiledMeasure> linesWhere(Column condition, String rows, String amount) {
    return List.of(
        CompiledMeasure.of(rows, when(condition, col(LINES)), new Accumulation.WholeSum()),
        new CompiledMeasure(
            amount,
            List.of(
                when(condition, col(Tally.USED_AMOUNT + "__0")),
                when(condition, col(Tally.USED_AMOUNT + "__1"))),
            new Accumulation.MoneySum(money)));
  }

  private Stream<CompiledMeasure> compile(Per per, Dataset<Row> rows, Words words, Column counts) {
    return measures.stream()
        .filter(measure -> measure.per() == per)
        .map(measure -> CompiledMeasure.of(measure, rows, words, money, counts));
  }

  private Words rowWords(Dataset<Row> rows) {
    Words.Builder words = Words.ofDay(money).plain("type", col("type"));
    words.money("amount", col("amount"));
    if (has(rows, "cost")) {
      words.money("cost", col("cost"));
    }
    for (String name : List.of("transaction_id", "product_id", "channel", "due_date")) {
      if (has(rows, name)) {
        words.plain(name, col(name));
      }
    }
    return words.build();
  }

  private Words transactionWords(Dataset<Row> rows) {
    Words.Builder words = Words.ofDay(money).plain("type", col("type"));
    words.money("amount", col("amount"));
    words.wholeNumber(LINES, isLines ? col(LINES) : lit(1L));
    if (has(rows, "cost")) {
      words.money("cost", col("cost"));
    }
    if (has(rows, "transaction_id")) {
      words.plain("transaction_id", col("transaction_id"));
    }
    return words.build();
  }

  private List<CompiledMeasure> dayWords(Column type, Column amount, Column isUsed) {
    boolean isNeeded = measures.stream().anyMatch(measure -> measure.per() == Per.DAY);
    if (!isNeeded) {
      return List.of();
    }

    Column isSale = isUsed.and(type.equalTo("SALE"));
    Column isReturn = isUsed.and(type.equalTo("RETURN"));
    return List.of(
        count(DayWords.PART + DayWords.SALE_COUNT, isSale),
        count(DayWords.PART + DayWords.RETURN_COUNT, isReturn),
        sum(DayWords.PART + DayWords.SALES_AMOUNT, when(isSale, amount)),
        sum(DayWords.PART + DayWords.RETURN_AMOUNT, when(isReturn, amount)));
  }

  private List<CompiledMeasure> duplicates() {
    Column isDuplicate = hasDuplicates ? col(IS_DUPLICATE) : lit(false);
    return List.of(
        count(Tally.DUPLICATE_ROWS, isDuplicate), absolute(Tally.DUPLICATE_AMOUNT, isDuplicate));
  }

  private static CompiledMeasure count(String name, Column condition) {
    return CompiledMeasure.of(name, when(condition, lit(1)), new Accumulation.Count());
  }

  private CompiledMeasure absolute(String name, Column condition) {
    return sum(name, when(condition, abs(col("amount"))));
  }

  private CompiledMeasure sum(String name, Column minorUnits) {
    return CompiledMeasure.of(name, minorUnits, new Accumulation.MoneySum(money));
  }

  private static boolean has(Dataset<Row> rows, String name) {
    return Arrays.asList(rows.columns()).contains(name);
  }
}
