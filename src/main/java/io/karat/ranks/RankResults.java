package io.karat.ranks;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The results of queries, by column and group. */
public final class RankResults {
  /** The group of all customers of a column without groups. */
  static final int ALL = 0;

  private final Map<RankedColumn, SortedMap<Integer, OrderStatistics>> found;

  /**
   * Results from the order statistics of each column.
   *
   * @param found by column and group
   */
  RankResults(Map<RankedColumn, SortedMap<Integer, OrderStatistics>> found) {
    this.found = Map.copyOf(found);
  }

  /**
   * The result for a column without groups.
   *
   * @throws IllegalArgumentException if the column has groups or was not ranked
   */
  public <A> A to(RankQuery<A> question) {
    if (question.column().group().isPresent()) {
      throw new IllegalArgumentException(
          "Column '%s' is ranked within '%s': ask by group"
              .formatted(question.column().value(), question.column().group().orElseThrow()));
    }

    return question.answer(Objects.requireNonNull(found(question).get(ALL)));
  }

  /** The result for each group that has customers. */
  public <A> SortedMap<Integer, A> byGroup(RankQuery<A> question) {
    SortedMap<Integer, A> answers = new TreeMap<>();
    found(question).forEach((group, one) -> answers.put(group, question.answer(one)));
    return Collections.unmodifiableSortedMap(answers);
  }

  private <A> SortedMap<Integer, OrderStatistics> found(RankQuery<A> question) {
    return Optional.ofNullable(found.get(question.column()))
        .orElseThrow(() -> question.column().notAmong(found.keySet()));
  }
}
