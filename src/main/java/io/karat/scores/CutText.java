package io.karat.scores;

import io.karat.run.LowerCase;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.LevelSettings;
import io.karat.settings.LevelSettings.Condition;
import io.karat.settings.WeightedIndicator;
import io.karat.settings.WeightedIndicator.Target;
import java.util.List;

/**
 * Settings in words that stay the same from one version to the next, for the definitions of cuts.
 */
final class CutText {
  private CutText() {}

  static String of(Better better) {
    return LowerCase.of(better);
  }

  static String of(Condition condition) {
    if (condition instanceof Condition.TopShare top) {
      return "top share " + top.share().toPlainString();
    }
    if (condition instanceof Condition.TopValueShare top) {
      return "top value share %s%s"
          .formatted(
              top.share().toPlainString(), top.of().map(column -> " of " + column).orElse(""));
    }
    return "from " + ((Condition.Bound) condition).value().toPlainString();
  }

  /** The condition of each level, in order. */
  static List<String> of(LevelSettings levels) {
    return levels.levels().stream()
        .map(level -> level.condition().map(CutText::of).orElse("everybody else"))
        .toList();
  }

  static String of(WeightedIndicator weighted, Better better) {
    return "%s %s, %s better%s, at most %s"
        .formatted(
            weighted.weight().toPlainString(),
            weighted.indicator(),
            of(better),
            weighted.target().map(CutText::of).orElse(""),
            weighted.cap().toPlainString());
  }

  private static String of(Target target) {
    return target instanceof Target.Reached reached
        ? " to what the best %s reach".formatted(reached.topShare().toPlainString())
        : " to " + ((Target.Fixed) target).value().toPlainString();
  }
}
