package io.karat.measures;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.input.InputRows;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * The step from the rows of an input to {@link MeasuredRows}: lines are grouped into transactions.
 * The rows are partitioned by customer already, so that no exchange is needed.
 */
final class MeasuredInput {
  private static final String TRANSACTION = "transaction_id";
  private static final String TYPE = "type";
  private static final String LINES = "line_count";
  private static final String AMOUNT = "amount";
  private static final String COST = "cost";
  private static final String IS_DUPLICATE = "is_duplicate";

  // Sums within a transaction; no configured measure begins with "_".
  private static final String LINE_SUM = "_line_count";
  private static final String AMOUNT_SUM = "_transaction_amount";
  private static final String COST_SUM = "_transaction_cost";
  private static final String UNCOSTED = "_uncosted_lines";

  private final InputRows input;
  private final Dataset<Row> rows;
  private final Money money;
  private final List<Measure> measures;
  private final Set<MeasureSource> derived;
  private final Receivables receivables;
  private final Period asOf;
  private final RowCountColumns tally;

  /**
   * Measured rows of an input.
   *
   * @param measures the measures of that input
   * @param derived the derived tables that need its rows
   * @param receivables the receivables, if they are one of these tables
   */
  MeasuredInput(
      InputRows input,
      Money money,
      List<Measure> measures,
      Set<MeasureSource> derived,
      Receivables receivables,
      Period asOf) {
    this.input = input;
    this.rows = ReturnDays.of(input);
    this.money = money;
    this.measures = measures;
    this.derived = derived;
    this.receivables = receivables;
    this.asOf = asOf;
    this.tally = new RowCountColumns(input.table());
  }

  /** Rows that are transactions, or whatever else, themselves. */
  MeasuredRows rows() {
    Column isUsed = not(col(IS_DUPLICATE));
    List<CompiledMeasure> contributing = ofRows(isUsed);
    compile(Per.TRANSACTION, rows, transactionWords(rows), isUsed).forEach(contributing::add);
    List<CompiledMeasure> account = new ArrayList<>(List.of(count(tally.usedRows(), isUsed)));
    if (hasAmount()) {
      account.add(absolute(tally.usedAmount(), isUsed));
    }
    account.addAll(duplicates());
    return new MeasuredRows(rows, isUsed, contributing, account);
  }

  /** What each row adds, or each line of a transaction that is used. */
  private List<CompiledMeasure> ofRows(Column counts) {
    List<CompiledMeasure> ofRows = new ArrayList<>();
    compile(Per.ROW, rows, rowWords(), counts).forEach(ofRows::add);
    of(Per.PRODUCT).map(it -> ofProduct(it, counts)).forEach(ofRows::add);
    compile(Per.CHANNEL, rows, facetWords(), counts).forEach(ofRows::add);
    measures.stream()
        .filter(Measure::isDistinct)
        .map(it -> ofValues(it, counts))
        .forEach(ofRows::add);
    if (derived.contains(MeasureSource.RECEIVABLES)) {
      receivables.change(input.table(), rows, counts).ifPresent(ofRows::add);
    }
    if (derived.contains(MeasureSource.INVOICES)) {
      Invoices.sum(input.table(), rows, counts).ifPresent(ofRows::add);
    }
    boolean hasComplaints = derived.contains(MeasureSource.COMPLAINTS);
    boolean hasServices = derived.contains(MeasureSource.SERVICES);
    if (hasComplaints) {
      Complaints.filed(input.table(), rows, counts).ifPresent(ofRows::add);
    }
    if (hasServices) {
      Services.costs(input.table(), rows, counts).ifPresent(ofRows::add);
    }
    if (hasComplaints || hasServices) {
      Complaints.saleDays(input.table(), counts).ifPresent(ofRows::add);
    }
    return ofRows;
  }

  /** Lines, and how they are put together. */
  MeasuredLines lines() {
    Column isDelivered = not(col(IS_DUPLICATE));
    List<CompiledMeasure> sums = new ArrayList<>();
    sums.add(count(LINE_SUM, isDelivered));
    sums.add(sum(AMOUNT_SUM, when(isDelivered, col(AMOUNT))));
    if (has(COST)) {
      sums.add(sum(COST_SUM, when(isDelivered, col(COST))));
      sums.add(count(UNCOSTED, isDelivered.and(col(COST).isNull())));
    }
    sums.add(absolute(tally.usedAmount(), isDelivered));
    sums.addAll(duplicates());
    return new MeasuredLines(rows, ofRows(isDelivered), sums, this::transactions);
  }

  /**
   * Transactions with what is measured of them.
   *
   * @param sums one row per transaction, with the sums of its lines
   */
  private MeasuredRows transactions(Dataset<Row> sums) {
    Dataset<Row> judged = judged(sums);
    Column isUsed = col("is_used");
    List<CompiledMeasure> contributing =
        compile(Per.TRANSACTION, judged, transactionWords(judged), isUsed).toList();
    List<CompiledMeasure> account = new ArrayList<>();
    account.addAll(linesWhere(isUsed, tally.usedRows(), tally.usedAmount()));
    account.addAll(linesWhere(not(isUsed), tally.refusedRows(), tally.refusedAmount()));
    duplicates().forEach(duplicate -> account.add(duplicate.carriedWhere(lit(true))));
    return new MeasuredRows(judged, isUsed, contributing, account);
  }

  /**
   * A transaction is not used if its lines add up to less than zero or to too many digits, nor a
   * return if its costs do.
   */
  private Dataset<Row> judged(Dataset<Row> transactions) {
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    Column amount =
        when(
            coalesce(col(LINE_SUM + "__0"), lit(0L)).gt(0),
            Money.minorUnitsOf(col(AMOUNT_SUM + "__0"), col(AMOUNT_SUM + "__1")));
    columns.add(amount.as(AMOUNT));
    Column isUsed = coalesce(amount.geq(0), lit(false));
    columns.add(col(LINE_SUM + "__0").as(LINES));
    if (has(COST)) {
      Column sum = Money.minorUnitsOf(col(COST_SUM + "__0"), col(COST_SUM + "__1"));
      Column cost = when(coalesce(col(UNCOSTED + "__0"), lit(0L)).equalTo(0), sum);
      columns.add(cost.as(COST));
      isUsed = isUsed.and(coalesce(col(TYPE).notEqual("RETURN").or(cost.geq(0)), lit(true)));
    }
    columns.add(isUsed.as("is_used"));
    return transactions.select(columns.toArray(Column[]::new));
  }

  private List<CompiledMeasure> linesWhere(Column condition, String lines, String amount) {
    return List.of(
        CompiledMeasure.of(lines, when(condition, col(LINES)), new PartialAggregate.WholeSum()),
        new CompiledMeasure(
            amount,
            List.of(
                when(condition, col(tally.usedAmount() + "__0")),
                when(condition, col(tally.usedAmount() + "__1"))),
            new PartialAggregate.MoneySum(money)));
  }

  private Stream<CompiledMeasure> compile(
      Per per, Dataset<Row> from, ExpressionScope words, Column counts) {
    return of(per).map(measure -> CompiledMeasure.of(measure, from, words, money, counts));
  }

  private Stream<Measure> of(Per per) {
    return measures.stream().filter(measure -> measure.per() == per && !measure.isDistinct());
  }

  /** A product counts in a period if the value is known on a day of the period. */
  private CompiledMeasure ofProduct(Measure measure, Column counts) {
    ExpressionScope words = facetWords();
    CompiledMeasure.fittingType(measure, rows, words);
    Column isKnown = measure.value().column(words.columns()).isNotNull();
    return distinct(measure, col("product_id").cast("string"), words, isKnown.and(counts));
  }

  private CompiledMeasure ofValues(Measure measure, Column counts) {
    ExpressionScope words = rowWords();
    DataType type = CompiledMeasure.fittingType(measure, rows, words);
    Column value = measure.value().column(words.columns());
    return distinct(measure, CompiledMeasure.text(value, type), words, counts);
  }

  private static CompiledMeasure distinct(
      Measure measure, Column text, ExpressionScope words, Column counts) {
    Column isCounted =
        measure.where().map(where -> counts.and(where.column(words.columns()))).orElse(counts);
    return CompiledMeasure.of(
        measure.name(), when(isCounted, text), new NameAggregate.DistinctNames());
  }

  private ExpressionScope facetWords() {
    return ExpressionScope.ofDay(money)
        .plain("type", col("type"))
        .plain("product_id", col("product_id"))
        .plain("channel", col("channel"))
        .money(AMOUNT, col(AMOUNT))
        .build();
  }

  private ExpressionScope rowWords() {
    return RowScope.of(input.table(), rows, money, asOf);
  }

  private ExpressionScope transactionWords(Dataset<Row> from) {
    ExpressionScope.Builder words = ExpressionScope.ofDay(money);
    words.wholeNumber(LINES, input.isLines() ? col(LINES) : lit(1L));
    List<String> there = Arrays.asList(from.columns());
    Stream.of(TYPE, TRANSACTION)
        .filter(there::contains)
        .forEach(name -> words.plain(name, col(name)));
    Stream.of(AMOUNT, COST).filter(there::contains).forEach(name -> words.money(name, col(name)));
    return words.build();
  }

  private List<CompiledMeasure> duplicates() {
    if (!input.hasKey()) {
      return List.of();
    }

    List<CompiledMeasure> duplicates =
        new ArrayList<>(List.of(count(tally.duplicateRows(), col(IS_DUPLICATE))));
    if (hasAmount()) {
      duplicates.add(absolute(tally.duplicateAmount(), col(IS_DUPLICATE)));
    }
    return duplicates;
  }

  private static CompiledMeasure count(String name, Column condition) {
    return CompiledMeasure.of(name, when(condition, lit(1)), new PartialAggregate.Count());
  }

  private CompiledMeasure absolute(String name, Column condition) {
    return sum(name, when(condition, abs(col(AMOUNT))));
  }

  private CompiledMeasure sum(String name, Column minorUnits) {
    return CompiledMeasure.of(name, minorUnits, new PartialAggregate.MoneySum(money));
  }

  private boolean hasAmount() {
    return input.hasAmount();
  }

  private boolean has(String name) {
    return Arrays.asList(rows.columns()).contains(name);
  }
}
