package io.karat.scores;

import io.karat.scores.CutModel.Piece;
import java.util.Optional;
import java.util.TreeMap;

/** The pieces that lessons have been answered with. */
record FittedCuts(CutModel cuts) {
  private static final Piece NOTHING = new Piece("", new TreeMap<>());

  /** The answer to a lesson; nothing where there was nothing to learn. */
  Piece of(Optional<CutDefinition> lesson) {
    return lesson.map(this::of).orElse(NOTHING);
  }

  private Piece of(CutDefinition lesson) {
    return cuts.piece(lesson)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The cuts do not answer '%s' (%s)"
                        .formatted(lesson.name(), lesson.definition())));
  }
}
