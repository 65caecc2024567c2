package io.karat.settings;

import static io.karat.settings.Translations.text;

import io.karat.settings.WeightedIndicator.Target;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of a screening: criteria that customers have to meet to be key customers.
 *
 * @param name the column of the result
 * @param among a condition on the customers who are screened; everybody if it is empty
 * @param criteria in order, at least one
 * @param unknown how a criterion of an unknown value counts
 */
public record ScreeningSettings(
    String name,
    Optional<Expression> among,
    List<Criterion> criteria,
    Unknown unknown,
    Location at) {
  /** Meets all criteria. */
  public static final String KEY = "KEY";

  /** Fails one criterion. */
  public static final String CANDIDATE = "CANDIDATE";

  /** Fails none, but not all are known. */
  public static final String OPEN = "OPEN";

  /** Everybody else. */
  public static final String NO = "NO";

  /** The codes of the result, the best first. */
  public static final List<String> CODES = List.of(KEY, CANDIDATE, OPEN, NO);

  /** The names of the codes that other models do not have, if none are configured. */
  public static final Map<String, BilingualText> NAMES =
      Map.of(
          CANDIDATE, text("screening.candidate"),
          OPEN, text("screening.open"),
          NO, text("screening.no"));

  public ScreeningSettings {
    criteria = List.copyOf(criteria);
  }

  /** Meaning of a criterion whose value is unknown. */
  public enum Unknown {
    /** It stays open. */
    OPEN,
    /** It is failed. */
    FAILS,
    /** It is met. */
    PASSES
  }

  /**
   * Criterion of a screening.
   *
   * @param by a column of {@code customer_indicators}
   * @param bound the value that is needed, which is enough
   * @param isLeast whether it is the least value, not the greatest
   */
  public record Criterion(String name, String by, Target bound, boolean isLeast, Location at) {}

  /** The column that tells whether a criterion is met. */
  public String column(Criterion criterion) {
    return "is_%s_by_%s".formatted(name, criterion.name());
  }
}
