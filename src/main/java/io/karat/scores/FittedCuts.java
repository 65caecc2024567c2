package io.karat.scores;

import io.karat.scores.CutModel.Piece;
import java.util.Optional;
import java.util.TreeMap;

/** Fitted cuts, looked up by their definition. */
record FittedCuts(CutModel cuts) {
  private static final Piece NOTHING = new Piece("", new TreeMap<>());

  /** The piece of a definition; an empty piece without a definition. */
  Piece of(Optional<CutDefinition> lesson) {
    return lesson.map(this::of).orElse(NOTHING);
  }

  private Piece of(CutDefinition lesson) {
    return cuts.piece(lesson)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The cuts lack '%s' (%s)".formatted(lesson.name(), lesson.definition())));
  }
}
