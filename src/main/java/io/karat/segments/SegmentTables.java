package io.karat.segments;

import io.karat.quality.CheckResult;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedCustomers;
import io.karat.scores.IndicatorSum;
import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks;
import io.karat.settings.Clustering.AssignBy;
import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The segments of a night: the assignment of customers, the tables about segments, and the drift of
 * customers since the fit.
 *
 * @param plan the plan by which customers are assigned
 * @param model the fitted segments
 */
public record SegmentTables(SegmentPlan plan, SegmentModel model) {
  /** The id of the group of customers with an unknown feature. */
  public static final String UNKNOWN = Segment.UNKNOWN;

  /** The fidelity from which rules are said to describe segments. */
  static final BigDecimal FAITHFUL = new BigDecimal("0.85");

  static final int PLACES = DecimalTypes.NUMBER.scale();

  public static final TableContract SEGMENTS = TableDefinitions.table("segments");
  public static final TableContract PROFILES = TableDefinitions.table("segment_profiles");

  /** Whether rules that find this share of customers describe them. */
  public static boolean isFaithful(BigDecimal fidelity) {
    return fidelity.compareTo(FAITHFUL) >= 0;
  }

  /**
   * Assigns customers to segments.
   *
   * @param customers with their segments of the night before, if there was one
   */
  public Dataset<Row> assigned(Dataset<Row> customers, LocalDate asOf) {
    return new SegmentAssignment(plan, model).assigned(customers, asOf);
  }

  /**
   * Assigns customers to the segments of the nearest centres or rules, whatever they were in
   * before.
   */
  public Dataset<Row> placed(Dataset<Row> customers) {
    return new SegmentAssignment(plan, model).placed(customers);
  }

  /**
   * Computes the numbers of the tables; starts a job.
   *
   * @param assigned the customers of {@link #assigned}
   * @param ranks the answers to {@link #ranked}, maybe among others
   */
  public SegmentFigures figures(Dataset<Row> assigned, RankResults ranks) {
    return SegmentFigures.of(plan, model, assigned, ranks);
  }

  /** What the numbers need to have ranked. */
  public RankedCustomers ranked() {
    return SegmentFigures.ranked(model);
  }

  /** The rows of {@link #SEGMENTS}. */
  public List<Row> segments(SegmentFigures figures) {
    RuleText rules = new RuleText(model);
    List<Row> rows = new ArrayList<>();
    int position = 1;
    for (String id : figures.ids()) {
      Optional<Segment> segment = model.segment(id);
      SegmentFigures.Count count = figures.count(id);
      List<Object> values = new ArrayList<>(named(id));
      values.add(position++);
      values.add(model.model().id());
      values.add(rules.condition(id));
      values.add(segment.map(this::fidelity).map(it -> it.setScale(PLACES)).orElse(null));
      values.add(count.customers());
      values.add(
          ratio(count.customers(), figures.all().customers()).orElse(BigDecimal.ZERO.setScale(6)));
      values.addAll(count.sums().values(figures.all().sums()));
      values.add(count.changed());
      values.add(count.far());
      rows.add(RowFactory.create(values.toArray()));
    }
    return rows;
  }

  /** The rows of {@link #PROFILES} about numbers. */
  public List<Row> profiles(SegmentFigures figures) {
    List<Row> rows = new ArrayList<>();
    for (String id : figures.ids()) {
      for (String indicator : figures.indicators()) {
        IndicatorSum sum = figures.sum(id, indicator);
        List<Object> values = new ArrayList<>(named(id));
        values.add(indicator);
        values.add(null);
        values.add(sum.known());
        values.add(sum.mean().orElse(null));
        values.add(figures.median(id, indicator).orElse(null));
        values.add(sum.lift(figures.sumOfAll(indicator)).orElse(null));
        rows.add(RowFactory.create(values.toArray()));
      }
    }
    return rows;
  }

  /**
   * The checks of the drift of customers since the fit, and since the night before.
   *
   * @param nightBefore the night whose segments the customers had before
   * @param firstDay the first day with rows
   */
  public List<CheckResult> drift(
      SegmentFigures figures,
      Checks settings,
      LocalDate asOf,
      Optional<LocalDate> nightBefore,
      Optional<LocalDate> firstDay) {
    return new Drift(plan, model, figures).checks(settings, asOf, nightBefore, firstDay);
  }

  /** The state of the segments, S0 last. */
  public State state() {
    return new State(
        ScoreColumns.SEGMENT_ID,
        List.copyOf(names().keySet()),
        TableDefinitions.text("segment", Map.of()));
  }

  /** The names of the segments by id, S0 included. */
  public Map<String, BilingualText> names() {
    Map<String, BilingualText> names = new LinkedHashMap<>();
    model.segments().forEach(segment -> names.put(segment.id(), plan.name(segment)));
    names.put(Segment.UNKNOWN, plan.unknownName());
    return names;
  }

  /**
   * The share of customers whom the rule finds, which is all of them where the rule assigns them.
   */
  private BigDecimal fidelity(Segment segment) {
    return plan.settings().assignBy() == AssignBy.RULES ? BigDecimal.ONE : segment.fidelity();
  }

  private List<Object> named(String id) {
    BilingualText name = names().getOrDefault(id, plan.unknownName());
    return List.of(id, name.en(), name.zh());
  }

  private static Optional<BigDecimal> ratio(long part, long whole) {
    return ratio(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
  }

  private static Optional<BigDecimal> ratio(BigDecimal part, BigDecimal whole) {
    return whole.signum() > 0
        ? Optional.of(part.divide(whole, PLACES, RoundingMode.HALF_UP))
        : Optional.empty();
  }
}
