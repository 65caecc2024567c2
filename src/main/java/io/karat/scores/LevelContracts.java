package io.karat.scores;

import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Contracts of the tables with one row per level, the same for every configuration. */
public final class LevelContracts {
  public static final TableContract TIERS = TableDefinitions.table("tiers");
  public static final TableContract TIER_PROFILES = TableDefinitions.table("tier_profiles");
  public static final TableContract DISAGREEMENTS = TableDefinitions.table("class_disagreements");
  public static final TableContract QUADRANTS = TableDefinitions.table("scorecard_quadrants");
  public static final TableContract RFM_CELLS = TableDefinitions.table("rfm_cells");
  public static final TableContract CONCENTRATION = TableDefinitions.table("concentration");
  public static final TableContract CORRELATIONS = TableDefinitions.table("indicator_correlations");

  public static final TableContract FUNNEL = TableDefinitions.table("screening_funnel");

  private LevelContracts() {}

  /** A number in the scale of these tables, rounded half up. */
  static Optional<BigDecimal> number(Optional<BigDecimal> value) {
    return value.map(it -> it.setScale(DecimalTypes.NUMBER.scale(), RoundingMode.HALF_UP));
  }
}
