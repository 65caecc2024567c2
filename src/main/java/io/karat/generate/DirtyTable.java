package io.karat.generate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * A table with dirty data: every row of the clean table, in columns that can also hold wrong
 * values, and flawed copies of a few rows.
 *
 * <p>Each row has a {@code row_id}, by which the ground truth refers to it: the identity of the
 * row, and for a flawed copy also the number of the flaw, as in {@code T0000123-4#7}. An exact copy
 * has the id of the row, because nothing tells the two apart.
 *
 * @param subject the column that seeds a row's draws: rows with the same value have the same flaws
 * @param identity the unique id of a row
 * @param texts the columns that become text, so that they can hold unreadable values
 */
record DirtyTable(
    String name,
    String subject,
    Column identity,
    Set<String> texts,
    List<DirtyRule> flaws,
    SeededRandom chance) {
  private static final double FLAWED_SHARE = 0.004;
  static final String ROW_ID = "row_id";
  private static final Column FLAW = col("flaw_no");

  DirtyTable {
    texts = Set.copyOf(texts);
    flaws = List.copyOf(flaws);
  }

  /**
   * The limit of the draw for each flaw: a row with a draw up to it has the flaw. A limit is the
   * share of the flaw, raised if needed so that a sure flaw occurs at least once. Reads the rows
   * once.
   */
  double[] limits(Dataset<Row> rows) {
    Column[] limits = numbers().mapToObj(this::limit).toArray(Column[]::new);
    List<Double> found = rows.select(array(limits)).head().getList(0);
    return found.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Column limit(int number) {
    DirtyRule flaw = flaw(number);
    Column share = lit(FLAWED_SHARE / flaws.size() / flaw.possibleShare());
    return flaw.isSure() ? greatest(share, min(when(flaw.isPossible(), draw(number)))) : share;
  }

  /** The rows in order, each with its {@code row_id} and followed by its flawed copies. */
  Dataset<Row> delivered(Dataset<Row> rows, double[] limits) {
    Stream<Column> values = Arrays.stream(rows.schema().fields()).map(this::value);
    return rows.select(col("*"), copies(limits))
        .select(Stream.concat(values, Stream.of(rowId())).toArray(Column[]::new));
  }

  /** One row per flawed copy that is never usable, on no day: {@code row_id} and {@code reason}. */
  Dataset<Row> badRows(Dataset<Row> rows, double[] limits) {
    String[] reasons = flaws.stream().map(DirtyRule::reason).toArray(String[]::new);
    return rows.select(col("*"), copies(limits))
        .where(FLAW.isInCollection(numbersOf(DirtyRule::isBad)))
        .select(rowId(), get(lit(reasons), FLAW).as("reason"));
  }

  /** The flaw numbers of a row's copies, after a null for the unchanged row. */
  private Column copies(double[] limits) {
    Column[] flawed =
        numbers()
            .mapToObj(number -> when(hasFlaw(number, limits), lit(number)))
            .toArray(Column[]::new);
    Column itself = array(lit(null).cast("int"));
    return explode(concat(itself, array_compact(array(flawed)))).as("flaw_no");
  }

  private Column hasFlaw(int number, double[] limits) {
    return flaw(number).isPossible().and(draw(number).leq(limits[number]));
  }

  private Column value(StructField field) {
    String name = field.name();
    Column value = texts.contains(name) ? LosslessText.of(col(name), field.dataType()) : col(name);
    for (int number : numbersOf(flaw -> flaw.values().containsKey(name))) {
      value = when(FLAW.equalTo(number), flaw(number).values().get(name)).otherwise(value);
    }
    return value.as(name);
  }

  private Column rowId() {
    Column isAsItIs = FLAW.isNull().or(FLAW.isInCollection(numbersOf(DirtyRule::isExactCopy)));
    return when(isAsItIs, identity)
        .otherwise(concat(identity, lit("#"), FLAW.cast("string")))
        .as(ROW_ID);
  }

  private Column draw(int number) {
    return chance.uniform("flaw %d of %s".formatted(number, name), col(subject));
  }

  private DirtyRule flaw(int number) {
    return flaws.get(number);
  }

  private List<Integer> numbersOf(Predicate<DirtyRule> kind) {
    return numbers().filter(number -> kind.test(flaw(number))).boxed().toList();
  }

  private IntStream numbers() {
    return IntStream.range(0, flaws.size());
  }
}
