package io.karat.scores;

import io.karat.settings.CutPolicy;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.LevelSettings;
import io.karat.settings.LevelSettings.Level;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Something that a model needs to learn from customers before it can be applied to one. */
public sealed interface CutDefinition {
  /** Its name in the model file. */
  String name();

  /** The column of customers that is looked at. */
  String column();

  /** Whether tonight's customers are asked, or those of the model in force. */
  CutPolicy policy();

  /** What is asked, in words: the same words, the same question. */
  String definition();

  /**
   * Where each level begins.
   *
   * @param context how the column comes about, where it is a score; else empty
   */
  record LevelStarts(
      String name,
      String column,
      Better better,
      LevelSettings levels,
      CutPolicy policy,
      String context)
      implements CutDefinition {
    /** Whether the column is a score, which has to be learned before. */
    boolean isOfScore() {
      return !context.isEmpty();
    }

    @Override
    public String definition() {
      return "levels by %s, %s better: %s%s"
          .formatted(
              column,
              CutText.of(better),
              levels.levels().stream().map(LevelStarts::words).collect(Collectors.joining(", ")),
              context);
    }

    private static String words(Level level) {
      return level.name()
          + level.condition().map(condition -> " " + CutText.of(condition)).orElse("");
    }
  }

  /** The percentiles of values. */
  record Percentiles(String name, String column, CutPolicy policy) implements CutDefinition {
    static final String VALUES = "values";
    static final String SHARES = "percentiles";
    static final String DIFFERENT = "different_values";

    /** The most values that a model file keeps, evenly by rank. */
    static final int MOST = 10_000;

    @Override
    public String definition() {
      return "percentiles of " + column;
    }
  }

  /** The 1st and the 99th percentile. */
  record Span(String name, String column, CutPolicy policy) implements CutDefinition {
    static final String LOW = "percentile_1";
    static final String HIGH = "percentile_99";

    @Override
    public String definition() {
      return "1st and 99th percentile of " + column;
    }
  }

  /** What the best share of customers reach. */
  record ReachedTarget(
      String name, String column, Better better, BigDecimal topShare, CutPolicy policy)
      implements CutDefinition {
    static final String TARGET = "target";

    @Override
    public String definition() {
      return "what the best %s reach in %s, %s better"
          .formatted(topShare.toPlainString(), column, CutText.of(better));
    }
  }

  /**
   * Where bins meet, of all customers or of those with the same bins before.
   *
   * @param within the columns of the bins before, each with how many bins it has
   */
  record BinCuts(String name, String column, int bins, List<Within> within, CutPolicy policy)
      implements CutDefinition {
    /** What the cuts within some bins are called; {@code all} where there are none before. */
    static String group(List<Integer> within) {
      return within.isEmpty()
          ? "all"
          : within.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    @Override
    public String definition() {
      return "%d bins of %s%s"
          .formatted(
              bins,
              column,
              within.stream()
                  .map(outer -> " within %d bins of %s".formatted(outer.bins(), outer.column()))
                  .collect(Collectors.joining()));
    }

    /** Bins that were found before. */
    record Within(String column, int bins) {}
  }
}
