package io.karat.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.not;

import io.karat.engine.SourceFormat;
import io.karat.input.InputBalance;
import io.karat.input.InputBalance.Term;
import io.karat.input.InputRows;
import io.karat.input.KeyCounts;
import io.karat.input.RowCounts;
import io.karat.input.RowOutcome;
import io.karat.measures.RowCountColumns;
import io.karat.quality.QuarantinedRows;
import io.karat.report.NightFacts;
import io.karat.state.FileRows;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Builder of the row accounts of all inputs, from counts that lie in one data frame. */
final class InputAccounts {
  static final String INPUT = "input";

  private static final String DUPLICATES = "duplicates";

  private static final Set<String> COUNTS =
      Set.of(
          INPUT,
          "day",
          "outcome",
          "rows",
          "amount",
          "rounding",
          SourceFormat.FILE_NUMBER,
          InputRows.UNREADABLE_VALUES,
          InputRows.UNMATCHED_ROWS,
          InputRows.REPEATED_KEYS,
          InputRows.CONTRADICTED_KEYS);

  private final NightPlan plan;
  private final List<Row> counts;
  private final Row totals;

  /**
   * Takes the counts of a night's inputs.
   *
   * @param counts of {@link InputRows#tallies} and {@link InputRows#repeatedKeys}, each with the
   *     name of its {@link #INPUT}
   * @param totals the sums over all customers of each input's {@link RowCountColumns}, and the most
   *     rows of one
   */
  InputAccounts(NightPlan plan, List<Row> counts, Row totals) {
    this.plan = plan;
    this.counts = List.copyOf(counts);
    this.totals = totals;
  }

  /**
   * The counts of what a night read: the rows without a customer.
   *
   * @param stored rows of customers, and those of the counts
   */
  static List<Row> counts(Dataset<Row> stored) {
    Column[] counts =
        Arrays.stream(stored.columns())
            .filter(COUNTS::contains)
            .map(functions::col)
            .toArray(Column[]::new);
    return stored.filter(col(Columns.CUSTOMER_ID).isNull()).select(counts).collectAsList();
  }

  InputAccount of(InputPlan input) {
    NightSource source = input.source();
    String name = source.table().tableName();
    List<Row> own = counts.stream().filter(row -> name.equals(row.getAs(INPUT))).toList();
    List<Row> read = own.stream().filter(row -> row.getAs("outcome") != null).toList();
    RowCounts tallies =
        new RowCounts(
            Stream.concat(
                    input.kept().stream().map(FileRows::tally),
                    RowCounts.of(read).tallies().stream())
                .toList());
    Optional<KeyCounts> keys =
        plan.isUniqueChecked(source.table())
            ? own.stream()
                .filter(row -> row.getAs(InputRows.REPEATED_KEYS) != null)
                .map(KeyCounts::of)
                .findFirst()
            : Optional.empty();
    RowCountColumns tally = new RowCountColumns(source.table());
    Term refused = term(tally.refusedRows(), tally.refusedAmount());
    InputBalance balance =
        balance(
            tallies,
            term(tally.usedRows(), tally.usedAmount()),
            refused,
            term(tally.duplicateRows(), tally.duplicateAmount()));
    return new InputAccount(
        source,
        keys,
        tallies,
        balance,
        QuarantinedRows.NONE,
        Optional.ofNullable(totals.<Long>getAs(tally.mostUsedRows())),
        Optional.empty(),
        reading(input, tallies));
  }

  private static NightFacts.Reading reading(InputPlan input, RowCounts tallies) {
    long reused = input.kept().stream().mapToLong(rows -> rows.tally().term().rows()).sum();
    long days = input.days().map(it -> it.rebuilt().days().size()).orElse(0);
    return new NightFacts.Reading(tallies.read().rows() - reused, reused, days, input.reason());
  }

  /** Counts the rows of an input without customers at once, and its keys. */
  InputAccount ofOthers(NightSource source, InputRows rows) {
    return ofOthers(
        source,
        rows,
        plan.isUniqueChecked(source.table())
            ? Optional.of(KeyCounts.of(rows.repeatedKeys(Optional.empty()).first()))
            : Optional.empty());
  }

  /** Counts the rows of an input without customers at once. */
  static InputAccount ofOthers(NightSource source, InputRows rows, Optional<KeyCounts> keys) {
    RowCounts tallies = RowCounts.of(rows.tallies().collectAsList());
    Row counts =
        rows.candidates()
            .agg(
                count_if(col("is_duplicate")).as(DUPLICATES),
                count_if(not(col("is_duplicate"))).as("used"))
            .first();
    InputBalance balance =
        balance(
            tallies,
            new Term(counts.<Long>getAs("used"), BigDecimal.ZERO),
            Term.NONE,
            new Term(counts.<Long>getAs(DUPLICATES), BigDecimal.ZERO));
    return new InputAccount(
        source,
        keys,
        tallies,
        balance,
        QuarantinedRows.NONE,
        Optional.empty(),
        Optional.empty(),
        new NightFacts.Reading(tallies.read().rows(), 0, 0, ""));
  }

  private static InputBalance balance(RowCounts tallies, Term used, Term refused, Term duplicate) {
    return new InputBalance(
        tallies.read(),
        used,
        tallies.of(RowOutcome.EXCLUDED),
        tallies.of(RowOutcome.AFTER_AS_OF),
        tallies.quarantined().plus(refused),
        duplicate,
        tallies.rounding());
  }

  private Term term(String rows, String amount) {
    BigDecimal count = totals.getAs(rows);
    return new Term(count.longValueExact(), totals.getAs(amount));
  }
}
