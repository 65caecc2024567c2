package io.karat.scores;

import io.karat.run.LowerCase;
import io.karat.settings.CutPolicy;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.LevelSettings;
import io.karat.settings.LevelSettings.Level;
import io.karat.settings.RankedPopulation;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A statistic fitted on all customers that a model needs: level thresholds, percentiles, a range, a
 * target or bin edges.
 */
public sealed interface CutDefinition {
  /** The name in the model file. */
  String name();

  /** The column of customers that is ranked. */
  String column();

  /** The customers who are ranked. */
  RankedPopulation population();

  /** The column for the ranked customers alone; a score is known of no others anyway. */
  default String ranked() {
    return this instanceof LevelStarts starts && starts.isOfScore()
        ? column()
        : Populations.column(population(), column());
  }

  /** The policy: fitted every night, or frozen until another model is accepted. */
  CutPolicy policy();

  /** The statistic in words; the same words mean the same statistic. */
  String definition();

  /**
   * The values at which levels begin.
   *
   * @param context the computation of the column in words, if it is a score; else empty
   */
  record LevelStarts(
      String name,
      String column,
      Better better,
      LevelSettings levels,
      RankedPopulation population,
      CutPolicy policy,
      String context)
      implements CutDefinition {
    /** Whether the column is a score, whose own cuts are fitted before. */
    boolean isOfScore() {
      return !context.isEmpty();
    }

    @Override
    public String definition() {
      return "levels by %s of %s, %s better: %s%s"
          .formatted(
              column,
              LowerCase.of(population),
              CutText.of(better),
              levels.levels().stream().map(LevelStarts::words).collect(Collectors.joining(", ")),
              context);
    }

    private static String words(Level level) {
      return level.name()
          + level.condition().map(condition -> " " + CutText.of(condition)).orElse("");
    }
  }

  /**
   * The percentiles of a column.
   *
   * @param context the customers who are ranked, in words; empty if the population says it
   */
  record Percentiles(
      String name, String column, RankedPopulation population, CutPolicy policy, String context)
      implements CutDefinition {
    static final String VALUES = "values";
    static final String SHARES = "percentiles";
    static final String DIFFERENT = "different_values";

    /** The most values that a model file keeps, spread evenly by rank. */
    static final int MOST = 10_000;

    @Override
    public String definition() {
      return "percentiles of %s of %s%s".formatted(column, LowerCase.of(population), context);
    }
  }

  /** The range from the 1st to the 99th percentile of a column. */
  record Span(String name, String column, RankedPopulation population, CutPolicy policy)
      implements CutDefinition {
    static final String LOW = "percentile_1";
    static final String HIGH = "percentile_99";

    @Override
    public String definition() {
      return "1st and 99th percentile of %s of %s".formatted(column, LowerCase.of(population));
    }
  }

  /** A target: the value that the best share of customers reach. */
  record ReachedTarget(
      String name,
      String column,
      Better better,
      BigDecimal topShare,
      RankedPopulation population,
      CutPolicy policy)
      implements CutDefinition {
    static final String TARGET = "target";

    @Override
    public String definition() {
      return "what the best %s of %s reach in %s, %s better"
          .formatted(
              topShare.toPlainString(), LowerCase.of(population), column, CutText.of(better));
    }
  }

  /**
   * The cuts between bins, over all customers or per group with the same outer bins.
   *
   * @param within the outer bins, the outermost first; empty over all customers
   */
  record BinCuts(
      String name,
      String column,
      int bins,
      List<Within> within,
      RankedPopulation population,
      CutPolicy policy)
      implements CutDefinition {
    /** The name of the cuts within some outer bins; {@code all} without outer bins. */
    static String group(List<Integer> within) {
      return within.isEmpty()
          ? "all"
          : within.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    @Override
    public String definition() {
      return "%d bins by the middle ranks of %s of %s%s"
          .formatted(
              bins,
              column,
              LowerCase.of(population),
              within.stream()
                  .map(outer -> " within %d bins of %s".formatted(outer.bins(), outer.column()))
                  .collect(Collectors.joining()));
    }

    /** Outer bins: their column and their number. */
    record Within(String column, int bins) {}
  }
}
