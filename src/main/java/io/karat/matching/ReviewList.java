package io.karat.matching;

import static org.apache.spark.sql.functions.col;

import io.karat.publishing.MatchDecision;
import io.karat.publishing.MatchDecision.Verdict;
import io.karat.publishing.MatchStore;
import io.karat.run.InputException;
import io.karat.run.LowerCase;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * List of pairs for people, as CSV: those without a decision, the most probable first, with an
 * empty column that takes {@code accepted}, {@code rejected} or {@code undecided}.
 */
final class ReviewList {
  private static final String DECISION = "decision";
  private static final int MOST_DECISIONS = 1_000_000;
  private static final List<String> HEADING =
      List.of(Columns.CUSTOMER_ID, MatchScores.OTHER, MatchScores.PROBABILITY, DECISION);

  private ReviewList() {}

  /** The text of the list. */
  static String text(Dataset<Row> candidates, int most) {
    StringBuilder text = new StringBuilder(String.join(",", HEADING)).append('\n');
    candidates
        .filter(
            col(MatchScores.STATUS)
                .isin(MatchScores.PROPOSED, MatchScores.REVIEW, Verdict.UNDECIDED.name()))
        .select(col(Columns.CUSTOMER_ID), col(MatchScores.OTHER), col(MatchScores.PROBABILITY))
        .orderBy(
            col(MatchScores.PROBABILITY).desc(), col(Columns.CUSTOMER_ID), col(MatchScores.OTHER))
        .limit(most)
        .collectAsList()
        .forEach(
            pair ->
                text.append(MatchStore.quoted(pair.getString(0)))
                    .append(',')
                    .append(MatchStore.quoted(pair.getString(1)))
                    .append(',')
                    .append(pair.getDecimal(2).toPlainString())
                    .append(",\n"));
    return text.toString();
  }

  /**
   * Reads the decisions of a list that people filled in; pairs without one are passed over.
   *
   * @param location a file that Spark can read
   * @throws InputException if it lacks a column, or has other words or too many rows
   */
  static List<MatchDecision> decisions(SparkSession spark, String location) {
    Dataset<Row> list = spark.read().option("header", "true").csv(location);
    List<String> columns = Arrays.asList(list.columns());
    for (String name : List.of(Columns.CUSTOMER_ID, MatchScores.OTHER, DECISION)) {
      if (!columns.contains(name)) {
        throw new InputException(
            "The list of decisions lacks the column '%s': expected %s. Found columns: %s"
                .formatted(name, String.join(", ", HEADING), String.join(", ", columns)));
      }
    }
    List<Row> rows =
        list.filter(col(DECISION).isNotNull())
            .select(Columns.CUSTOMER_ID, MatchScores.OTHER, DECISION)
            .limit(MOST_DECISIONS + 1)
            .collectAsList();
    if (rows.size() > MOST_DECISIONS) {
      throw new InputException(
          "The list of decisions has more than %,d: expected as many as people make. Split it."
              .formatted(MOST_DECISIONS));
    }
    return decisions(rows);
  }

  private static List<MatchDecision> decisions(List<Row> rows) {
    Map<String, Verdict> words = new LinkedHashMap<>();
    Arrays.stream(Verdict.values()).forEach(it -> words.put(LowerCase.of(it), it));
    List<MatchDecision> decisions = new ArrayList<>();
    int unusable = 0;
    for (Row row : rows) {
      Verdict verdict = words.get(row.getString(2).strip().toLowerCase(Locale.ROOT));
      if (verdict == null
          || row.isNullAt(0)
          || row.isNullAt(1)
          || row.getString(0).equals(row.getString(1))) {
        unusable++;
      } else {
        decisions.add(MatchDecision.of(row.getString(0), row.getString(1), verdict));
      }
    }
    if (unusable > 0) {
      throw new InputException(
          "The list of decisions has %,d unusable %s: expected two different ids and one of %s. Correct them, or leave the decision empty."
              .formatted(
                  unusable, unusable == 1 ? "row" : "rows", String.join(", ", words.keySet())));
    }
    return decisions;
  }
}
