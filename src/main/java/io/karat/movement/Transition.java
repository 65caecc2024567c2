package io.karat.movement;

import io.karat.scores.LevelSums;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A move with the amounts and crossings that are published of it.
 *
 * @param periodDays the period of {@link ComparedNight#periodDays()}
 * @param before net sales of its customers in the 365 days up to the start
 * @param now the same up to the end
 * @param figures their profit and service cost in those days, as far as they are known
 * @param crossings the number of its customers who are on another side of a cut point, by indicator
 */
record Transition(
    int periodDays,
    StateMove move,
    BigDecimal before,
    BigDecimal now,
    LevelSums figures,
    SortedMap<String, Long> crossings) {
  Transition {
    crossings = Collections.unmodifiableSortedMap(new TreeMap<>(crossings));
  }
}
