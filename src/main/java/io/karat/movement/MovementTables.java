package io.karat.movement;

import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** Contracts of the tables of movement, the same for every configuration. */
public final class MovementTables {
  /** The state then of customers without a row. */
  public static final String NEVER_SEEN = StateMove.NEVER_SEEN;

  /** The state now of customers without a row. */
  public static final String LEFT = StateMove.LEFT;

  /** The numbers of periods after which expected shares are published. */
  static final List<Integer> HORIZONS = List.of(1, 3, 6, 12);

  public static final TableContract TRANSITIONS = TableDefinitions.table("transitions");
  public static final TableContract COHORTS = TableDefinitions.table("cohorts");
  public static final TableContract CHURN_LEVELS = TableDefinitions.table("churn_levels");
  public static final TableContract STATE_VALUES = TableDefinitions.table("state_values");

  private MovementTables() {}

  /** The contract of {@code key_account_changes}. */
  public static TableContract keyAccountChanges(int moneyScale) {
    return TableDefinitions.table("key_account_changes", Map.of("money_scale", moneyScale));
  }

  /** A share in the scale of these tables, rounded half up. */
  static BigDecimal share(double share) {
    return BigDecimal.valueOf(share).setScale(DecimalTypes.SHARE.scale(), RoundingMode.HALF_UP);
  }

  /** A number of days in the scale of these tables, rounded half up. */
  static BigDecimal days(double days) {
    return BigDecimal.valueOf(days).setScale(DecimalTypes.RATIO.scale(), RoundingMode.HALF_UP);
  }

  /** An amount in the scale of these tables, rounded half up. */
  static BigDecimal amount(BigDecimal amount) {
    return amount.setScale(DecimalTypes.NUMBER.scale(), RoundingMode.HALF_UP);
  }
}
