package io.karat.scores;

import io.karat.run.LowerCase;
import io.karat.settings.Pyramid;
import io.karat.settings.Scorecard.Perspective;

/** Names of the columns of {@code customer_value}. */
public final class ScoreColumns {
  public static final String IS_ONE_OFF = "is_one_off";
  public static final String ONE_OFF_SINCE = "one_off_since";
  public static final String ONE_OFF_SERVICE_COST = "one_off_service_cost";
  public static final String CURRENT_VALUE = "current_value_score";
  public static final String POTENTIAL_VALUE = "potential_value_score";
  public static final String SCORECARD = "scorecard_score";
  public static final String QUADRANT = "scorecard_quadrant";
  public static final String RFM_SCORE = "rfm_score";
  public static final String RFM_SEGMENT = "rfm_segment";
  public static final String HAS_LEFT = "has_left";
  public static final String SATISFACTION_LEVEL = "satisfaction_level";
  public static final String EXPECTED_CHURN = "expected_churn";
  public static final String VALUE_AT_RISK = "value_at_risk_amount";

  public static final String SEGMENT_ID = "segment_id";
  public static final String SEGMENT_NAME = "segment_name";
  public static final String SEGMENT_CHINESE_NAME = "segment_name_zh";
  public static final String SEGMENT_SINCE = "segment_since";
  public static final String PREVIOUS_SEGMENT = "previous_segment";
  public static final String IS_SEGMENT_CHANGED = "is_segment_changed";
  public static final String SEGMENT_LEFT = "segment_left";
  public static final String SEGMENT_CONFIDENCE = "segment_confidence";

  /** The segment of the night before, beside the customers of tonight; not published. */
  public static final String SEGMENT_BEFORE = "segment_id before";

  /** {@link #SEGMENT_SINCE} of the night before; not published. */
  public static final String SEGMENT_SINCE_BEFORE = "segment_since before";

  /** {@link #SEGMENT_LEFT} of the night before; not published. */
  public static final String SEGMENT_LEFT_BEFORE = "segment_left before";

  /** The squared distance to the own centre, in millionths of millionths; not published. */
  public static final String SQUARED_DISTANCE = "segment squared distance";

  private ScoreColumns() {}

  /** The column of the sales that the lifetime value model expects. */
  public static String expectedSales(int days) {
    return "expected_sales_amount_next_%dd".formatted(days);
  }

  /** The column of the probability of a purchase. */
  public static String purchaseProbability(int days) {
    return "purchase_probability_next_%dd".formatted(days);
  }

  /** The column of the lifetime value. */
  public static String lifetimeValue(int days) {
    return "lifetime_value_next_%dd".formatted(days);
  }

  /** The column of the score of a pyramid. */
  public static String score(Pyramid pyramid) {
    return pyramid.name() + "_score";
  }

  /** The column of the points that are missing to the next tier of a pyramid. */
  public static String pointsToNextTier(Pyramid pyramid) {
    return pointsToNextTier(pyramid.name());
  }

  static String pointsToNextTier(String pyramid) {
    return pyramid + "_points_to_next_tier";
  }

  /** The column of the tier of a pyramid. */
  public static String tier(Pyramid pyramid) {
    return pyramid.name() + "_tier";
  }

  /** The state without hysteresis, which is not published. */
  static String alone(String state) {
    return state + " alone";
  }

  static String score(Perspective perspective) {
    return LowerCase.of(perspective) + "_score";
  }

  /** The model under which the contributions to a perspective's score are published. */
  static String model(Perspective perspective) {
    return "scorecard_" + LowerCase.of(perspective);
  }

  /** The column of the English name of a state. */
  public static String name(String state) {
    return state + "_name";
  }

  /** The column of the Chinese name of a state. */
  public static String chineseName(String state) {
    return state + "_name_zh";
  }

  /** The column of the state on the night before. */
  public static String previous(String state) {
    return "previous_" + state;
  }

  /** The column that tells whether the state has changed since the night before. */
  public static String isChanged(String state) {
    return "is_" + state + "_changed";
  }

  /** The column of the rank of a state's code, 1 for the best. */
  public static String rank(String state) {
    return state + "_rank";
  }

  /** The column that tells how the state has changed since the night before. */
  public static String change(String state) {
    return state + "_change";
  }
}
