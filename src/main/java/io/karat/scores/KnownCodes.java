package io.karat.scores;

import io.karat.settings.LabelSettings;
import io.karat.settings.LevelSettings;
import io.karat.settings.Models;
import io.karat.settings.Rfm;
import io.karat.settings.Scorecard;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Known codes of the columns of models: classes, tiers, quadrants, RFM segments and labels. */
final class KnownCodes {
  private final Map<String, Set<String>> byColumn = new LinkedHashMap<>();

  /** Starts with the codes of all models except labels. */
  KnownCodes(Models models) {
    models.classifications().forEach(it -> put(it.name(), names(it.classes())));
    models.pyramids().forEach(it -> put(ScoreColumns.tier(it), names(it.tiers())));
    models.scorecard().ifPresent(it -> put(ScoreColumns.QUADRANT, Scorecard.QUADRANTS));
    models
        .rfm()
        .ifPresent(
            it -> put(ScoreColumns.RFM_SEGMENT, it.names().stream().map(Rfm.Name::name).toList()));
  }

  void add(LabelSettings label) {
    put(label.name(), label.rules().stream().map(LabelSettings.Rule::then).toList());
  }

  /** The codes by column, in order, each once. */
  Map<String, Set<String>> byColumn() {
    return Collections.unmodifiableMap(byColumn);
  }

  private void put(String column, List<String> codes) {
    byColumn.put(column, new LinkedHashSet<>(codes));
  }

  private static List<String> names(LevelSettings levels) {
    return levels.levels().stream().map(LevelSettings.Level::name).toList();
  }
}
