package io.karat.matching;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.TextSimilarity;
import io.karat.settings.MatchingSettings.Compare;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Field that customers are compared by, or that only brings them into a block.
 *
 * @param column the column of its values
 */
record MatchField(String name, Compare compare, String column) {
  private static final double CLOSE = 0.92;
  private static final double NEAR = 0.88;
  private static final int DATE_LENGTH = 8;
  private static final int YEAR_LENGTH = 4;

  /** Whether an agreement on a rare value says more than one on a frequent value. */
  boolean hasFrequencies() {
    return compare != Compare.DATE;
  }

  /** The levels that two known values of it can agree at. */
  List<AgreementLevel> levels() {
    return compare == Compare.EXACT
        ? List.of(AgreementLevel.EQUAL, AgreementLevel.DIFFERENT)
        : List.of(
            AgreementLevel.EQUAL,
            AgreementLevel.CLOSE,
            AgreementLevel.NEAR,
            AgreementLevel.DIFFERENT);
  }

  /** A value as it is compared; null if nothing of it can be. */
  Column value(Column text) {
    Column folded = TextSimilarity.folded(text);
    Column digits = nullif(regexp_replace(folded, "[^0-9]", ""), lit(""));
    return switch (compare) {
      case NAME -> folded;
      case TEXT -> array_join(array_sort(split(folded, " ")), " ");
      case EXACT -> regexp_replace(folded, " ", "");
      case DIGITS -> digits;
      case DATE -> when(length(digits).geq(DATE_LENGTH), substring(digits, 1, DATE_LENGTH));
    };
  }

  /** How alike two values are, as {@link #level} takes it; null if one is unknown. */
  Column likeness(Column one, Column other) {
    return switch (compare) {
      case NAME, TEXT -> TextSimilarity.jaroWinkler(one, other);
      case EXACT ->
          when(one.equalTo(other), number(AgreementLevel.EQUAL))
              .when(one.notEqual(other), number(AgreementLevel.DIFFERENT));
      case DIGITS, DATE -> TextSimilarity.slips(one, other);
    };
  }

  /** The number of the level at which two values agree. */
  Column level(Column one, Column other, Column likeness) {
    Column known =
        switch (compare) {
          case NAME, TEXT ->
              when(likeness.equalTo(1), number(AgreementLevel.EQUAL))
                  .when(likeness.geq(CLOSE), number(AgreementLevel.CLOSE))
                  .when(likeness.geq(NEAR), number(AgreementLevel.NEAR))
                  .when(likeness.isNotNull(), number(AgreementLevel.DIFFERENT));
          case EXACT -> likeness;
          case DIGITS ->
              when(likeness.leq(2), likeness)
                  .when(likeness.isNotNull(), number(AgreementLevel.DIFFERENT));
          case DATE -> dateLevel(one, other, likeness);
        };
    return coalesce(known, number(AgreementLevel.UNKNOWN));
  }

  /** Of days, exchanged day and month are one slip; two slips are near only if two parts agree. */
  private static Column dateLevel(Column one, Column other, Column slips) {
    Column isYear = part(one, 1, YEAR_LENGTH).equalTo(part(other, 1, YEAR_LENGTH));
    Column isMonth = part(one, 5, 2).equalTo(part(other, 5, 2));
    Column isDay = part(one, 7, 2).equalTo(part(other, 7, 2));
    Column isExchanged =
        isYear
            .and(part(one, 5, 2).equalTo(part(other, 7, 2)))
            .and(part(one, 7, 2).equalTo(part(other, 5, 2)));
    Column areTwo = isYear.and(isMonth).or(isYear.and(isDay)).or(isMonth.and(isDay));
    return when(slips.leq(1), slips)
        .when(isExchanged, number(AgreementLevel.CLOSE))
        .when(areTwo, number(AgreementLevel.NEAR))
        .when(slips.isNotNull(), number(AgreementLevel.DIFFERENT));
  }

  private static Column part(Column date, int from, int characters) {
    return substring(date, from, characters);
  }

  private static Column number(AgreementLevel level) {
    return lit(level.number());
  }
}
