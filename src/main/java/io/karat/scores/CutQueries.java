package io.karat.scores;

import io.karat.ranks.RankPoint;
import io.karat.ranks.RankQuery;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedColumn;
import io.karat.scores.CutDefinition.BinCuts;
import io.karat.scores.CutDefinition.LevelStarts;
import io.karat.scores.CutDefinition.Percentiles;
import io.karat.scores.CutDefinition.ReachedTarget;
import io.karat.scores.CutDefinition.Span;
import io.karat.scores.CutModel.Piece;
import io.karat.settings.CutPolicy;
import io.karat.settings.LevelSettings.Condition;
import io.karat.settings.LevelSettings.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rank queries of a cut definition, and the numbers that their results amount to. */
sealed interface CutQueries {
  /** The column of customers' bins of the outer axes, encoded as one number. */
  String GROUP = "bins before";

  /** The base of this encoding, larger than any number of bins. */
  int GROUP_BASE = 1000;

  /** The definition to fit. */
  CutDefinition lesson();

  /** The queries. */
  List<RankQuery<?>> questions();

  /** The columns that the queries rank. */
  List<RankedColumn> columns();

  /** The fitted numbers, from the results of the queries. */
  SortedMap<String, List<BigDecimal>> numbers(RankResults answers);

  default Piece piece(RankResults answers) {
    return new Piece(lesson().definition(), numbers(answers));
  }

  static CutQueries of(CutDefinition lesson) {
    if (lesson instanceof LevelStarts starts) {
      return new OfLevels(starts);
    }
    if (lesson instanceof Percentiles percentiles) {
      return new OfPercentiles(percentiles);
    }
    if (lesson instanceof Span span) {
      return new OfSpan(span);
    }
    return lesson instanceof ReachedTarget target
        ? new OfTarget(target)
        : new OfBins((BinCuts) lesson);
  }

  /**
   * Queries for the values at which levels begin; a level whose share selects no customer has none.
   */
  record OfLevels(LevelStarts lesson) implements CutQueries {
    @Override
    public List<RankQuery<?>> questions() {
      return List.copyOf(byLevel().values());
    }

    @Override
    public List<RankedColumn> columns() {
      return lesson.levels().levels().stream()
          .flatMap(level -> level.condition().stream())
          .filter(condition -> !(condition instanceof Condition.Bound))
          .map(this::column)
          .toList();
    }

    private RankedColumn column(Condition condition) {
      RankedColumn column = RankedColumn.of(lesson.ranked());
      Optional<String> of =
          condition instanceof Condition.TopValueShare top ? top.of() : Optional.empty();
      return of.map(column::adding).orElse(column);
    }

    @Override
    public SortedMap<String, List<BigDecimal>> numbers(RankResults answers) {
      SortedMap<String, List<BigDecimal>> numbers = new TreeMap<>();
      byLevel()
          .forEach((level, question) -> numbers.put(level, answers.to(question).stream().toList()));
      return numbers;
    }

    private Map<String, RankQuery<Optional<BigDecimal>>> byLevel() {
      Map<String, RankQuery<Optional<BigDecimal>>> questions = new LinkedHashMap<>();
      for (Level level : lesson.levels().levels()) {
        level
            .condition()
            .flatMap(this::question)
            .ifPresent(question -> questions.put(level.name(), question));
      }
      return questions;
    }

    private Optional<RankQuery<Optional<BigDecimal>>> question(Condition condition) {
      RankedColumn column = column(condition);
      if (condition instanceof Condition.TopShare top) {
        return Optional.of(column.topShare(top.share(), lesson.better()));
      }
      return condition instanceof Condition.TopValueShare top
          ? Optional.of(column.topValueShare(top.share(), lesson.better()))
          : Optional.empty();
    }
  }

  /**
   * Queries for the percentiles of a column, of all its values or of as many as a model file keeps.
   */
  record OfPercentiles(Percentiles lesson) implements CutQueries {
    @Override
    public List<RankQuery<?>> questions() {
      return isFresh() ? List.of(question(), different()) : List.of(question());
    }

    @Override
    public List<RankedColumn> columns() {
      return List.of(RankedColumn.of(lesson.ranked()));
    }

    /**
     * Whether tonight's customers are ranked; then the file also tells how many values it leaves
     * out.
     */
    private boolean isFresh() {
      return lesson.policy() == CutPolicy.FRESH;
    }

    private RankQuery<Long> different() {
      return columns().get(0).differentValues();
    }

    private RankQuery<List<RankPoint>> question() {
      return columns().get(0).rankPoints(Percentiles.MOST);
    }

    @Override
    public SortedMap<String, List<BigDecimal>> numbers(RankResults answers) {
      List<RankPoint> points = answers.to(question());
      SortedMap<String, List<BigDecimal>> numbers = new TreeMap<>();
      numbers.put(Percentiles.VALUES, points.stream().map(RankPoint::value).toList());
      numbers.put(Percentiles.SHARES, points.stream().map(RankPoint::percentile).toList());
      if (isFresh()) {
        long different = points.isEmpty() ? 0 : answers.to(different());
        numbers.put(Percentiles.DIFFERENT, List.of(BigDecimal.valueOf(different)));
      }
      return numbers;
    }
  }

  /** Queries for the 1st and the 99th percentile of a column. */
  record OfSpan(Span lesson) implements CutQueries {
    private static final BigDecimal LOW = new BigDecimal("0.01");
    private static final BigDecimal HIGH = new BigDecimal("0.99");

    @Override
    public List<RankQuery<?>> questions() {
      return List.of(question(LOW), question(HIGH));
    }

    @Override
    public List<RankedColumn> columns() {
      return List.of(RankedColumn.of(lesson.ranked()));
    }

    private RankQuery<Optional<BigDecimal>> question(BigDecimal share) {
      return columns().get(0).quantile(share);
    }

    @Override
    public SortedMap<String, List<BigDecimal>> numbers(RankResults answers) {
      SortedMap<String, List<BigDecimal>> numbers = new TreeMap<>();
      numbers.put(Span.LOW, answers.to(question(LOW)).stream().toList());
      numbers.put(Span.HIGH, answers.to(question(HIGH)).stream().toList());
      return numbers;
    }
  }

  /** The query for the value that the best share of customers reach. */
  record OfTarget(ReachedTarget lesson) implements CutQueries {
    @Override
    public List<RankQuery<?>> questions() {
      return List.of(question());
    }

    @Override
    public List<RankedColumn> columns() {
      return List.of(RankedColumn.of(lesson.ranked()));
    }

    private RankQuery<Optional<BigDecimal>> question() {
      return columns().get(0).topShare(lesson.topShare(), lesson.better());
    }

    @Override
    public SortedMap<String, List<BigDecimal>> numbers(RankResults answers) {
      SortedMap<String, List<BigDecimal>> numbers = new TreeMap<>();
      numbers.put(ReachedTarget.TARGET, answers.to(question()).stream().toList());
      return numbers;
    }
  }

  /**
   * The query for the cuts between bins, over all customers or per group with the same outer bins.
   */
  record OfBins(BinCuts lesson) implements CutQueries {
    @Override
    public List<RankQuery<?>> questions() {
      return List.of(question());
    }

    @Override
    public List<RankedColumn> columns() {
      RankedColumn column = RankedColumn.of(lesson.ranked());
      return List.of(lesson.within().isEmpty() ? column : column.within(GROUP));
    }

    private RankQuery<List<BigDecimal>> question() {
      return columns().get(0).binCuts(lesson.bins());
    }

    @Override
    public SortedMap<String, List<BigDecimal>> numbers(RankResults answers) {
      SortedMap<String, List<BigDecimal>> numbers = new TreeMap<>();
      if (lesson.within().isEmpty()) {
        numbers.put(BinCuts.group(List.of()), answers.to(question()));
      } else {
        answers
            .byGroup(question())
            .forEach((group, cuts) -> numbers.put(BinCuts.group(bins(group)), cuts));
      }
      return numbers;
    }

    /** The outer bins that a group encodes. */
    private List<Integer> bins(int group) {
      List<Integer> bins = new ArrayList<>();
      for (int rest = group; rest > 0; rest /= GROUP_BASE) {
        bins.add(0, rest % GROUP_BASE);
      }
      return bins;
    }
  }
}
