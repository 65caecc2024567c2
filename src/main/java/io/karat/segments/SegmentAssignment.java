package io.karat.segments;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.ScoreColumns;
import io.karat.settings.BilingualText;
import io.karat.settings.Clustering;
import io.karat.settings.Clustering.AssignBy;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Assignment of customers to the segments of a model: expressions over one row, one step after the
 * other. No step looks at more than one customer, and distances are whole numbers.
 */
final class SegmentAssignment {
  private static final String LEAST = "segment least distance";
  private static final Column NO_TEXT = lit(null).cast(DataTypes.StringType);
  private static final Column NO_NUMBER = lit(null).cast(DataTypes.DoubleType);
  private static final int PLACES = 6;

  private final SegmentPlan plan;
  private final Clustering settings;
  private final SegmentModel model;

  SegmentAssignment(SegmentPlan plan, SegmentModel model) {
    this.plan = plan;
    this.settings = plan.settings();
    this.model = model;
  }

  /** Customers with {@code segment_id}, whatever their segment was before. */
  Dataset<Row> placed(Dataset<Row> customers) {
    Dataset<Row> measured = measured(customers);
    return only(
        customers,
        Columns.with(measured, Map.of(ScoreColumns.SEGMENT_ID, fresh())),
        List.of(ScoreColumns.SEGMENT_ID));
  }

  /**
   * Customers with the columns of segments of the night, and the squared distance to their centre.
   *
   * @param customers with {@link ScoreColumns#SEGMENT_BEFORE} if there was a night before
   */
  Dataset<Row> assigned(Dataset<Row> customers, LocalDate asOf) {
    List<String> known = Arrays.asList(customers.columns());
    Column before =
        known.contains(ScoreColumns.SEGMENT_BEFORE)
            ? Columns.column(ScoreColumns.SEGMENT_BEFORE)
            : NO_TEXT;
    Column leftBefore =
        known.contains(ScoreColumns.SEGMENT_LEFT_BEFORE)
            ? Columns.column(ScoreColumns.SEGMENT_LEFT_BEFORE)
            : NO_TEXT;
    Column sinceBefore =
        known.contains(ScoreColumns.SEGMENT_SINCE_BEFORE)
            ? Columns.column(ScoreColumns.SEGMENT_SINCE_BEFORE)
            : lit(null).cast(DataTypes.DateType);
    Column id =
        settings.assignBy() == AssignBy.RULES
            ? fresh()
            : held(before, sinceBefore, leftBefore, asOf);
    Dataset<Row> placed = Columns.with(measured(customers), Map.of(ScoreColumns.SEGMENT_ID, id));

    Column current = Columns.column(ScoreColumns.SEGMENT_ID);
    Column isSame = before.eqNullSafe(current);
    Map<String, Column> added = new LinkedHashMap<>();
    added.put(
        ScoreColumns.SEGMENT_SINCE,
        when(isSame, coalesce(sinceBefore, lit(asOf))).otherwise(lit(asOf)));
    added.put(ScoreColumns.SEGMENT_NAME, name(current, BilingualText::en));
    added.put(ScoreColumns.SEGMENT_CHINESE_NAME, name(current, BilingualText::zh));
    added.put(ScoreColumns.PREVIOUS_SEGMENT, before);
    added.put(ScoreColumns.IS_SEGMENT_CHANGED, before.isNotNull().and(isSame.equalTo(lit(false))));
    added.put(ScoreColumns.SEGMENT_LEFT, when(isSame, leftBefore).otherwise(before));
    added.put(ScoreColumns.SEGMENT_CONFIDENCE, confidence(current));
    added.put(
        ScoreColumns.SQUARED_DISTANCE,
        when(isKnown(), ofSegment(current, this::distance, NO_NUMBER)));
    List<String> kept = new ArrayList<>(List.of(ScoreColumns.SEGMENT_ID));
    kept.addAll(added.keySet());
    return only(customers, Columns.with(placed, added), kept);
  }

  private static Dataset<Row> only(Dataset<Row> customers, Dataset<Row> all, List<String> added) {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(customers.columns()).map(Columns::column).forEach(columns::add);
    added.forEach(name -> columns.add(Columns.column(name)));
    return all.select(columns.toArray(Column[]::new));
  }

  /** Adds the squared distance to every centre, and the least of them. */
  private Dataset<Row> measured(Dataset<Row> customers) {
    Map<String, Column> coordinates = new LinkedHashMap<>();
    model.features().forEach(it -> coordinates.put(coordinate(it), it.coordinate()));
    Map<String, Column> distances = new LinkedHashMap<>();
    for (Segment segment : model.segments()) {
      Column sum = lit(0.0);
      for (int f = 0; f < model.features().size(); f++) {
        Column difference =
            Columns.column(coordinate(model.features().get(f)))
                .minus(segment.centre().get(f).doubleValue());
        sum = sum.plus(difference.multiply(difference));
      }
      distances.put(distanceName(segment), sum);
    }
    Dataset<Row> placed = Columns.with(customers, coordinates);
    return Columns.with(Columns.with(placed, distances), Map.of(LEAST, leastDistance()));
  }

  private Column leastDistance() {
    List<Column> distances = model.segments().stream().map(this::distance).toList();
    return switch (distances.size()) {
      case 0 -> NO_NUMBER;
      case 1 -> distances.get(0);
      default -> least(distances.toArray(Column[]::new));
    };
  }

  /** Whether every feature is known. */
  private Column isKnown() {
    return model.segments().isEmpty()
        ? lit(false)
        : model.featureNames().stream()
            .map(name -> Columns.column(name).isNotNull())
            .reduce(lit(true), Column::and);
  }

  /** The segment of a customer who was in none before. */
  private Column fresh() {
    return settings.assignBy() == AssignBy.RULES ? byRules() : nearestId();
  }

  /** The segment of the nearest centre; the first of those equally near. */
  private Column nearestId() {
    Column id = when(isKnown().equalTo(lit(false)), lit(Segment.UNKNOWN));
    for (Segment segment : model.segments()) {
      id = id.when(distance(segment).equalTo(Columns.column(LEAST)), lit(segment.id()));
    }
    return id;
  }

  private Column byRules() {
    Column id = when(isKnown().equalTo(lit(false)), lit(Segment.UNKNOWN));
    for (Rule rule : model.rules()) {
      id = id.when(rule.holds(), lit(rule.segment()));
    }
    return id;
  }

  /**
   * The segment before, unless another centre is nearer by more than the hysteresis and does not
   * belong to the segment that the customer left less than a week ago.
   */
  private Column held(Column before, Column since, Column left, LocalDate asOf) {
    Column present = ofSegment(before, this::distance, NO_NUMBER);
    Column isNearer =
        Columns.column(LEAST).lt(present.multiply(CustomerAssignment.factor(settings)));
    Column isNew = since.gt(lit(asOf.minusDays(CustomerAssignment.SETTLING_DAYS)));
    Column isBack = coalesce(isNew.and(left.equalTo(nearestId())), lit(false));
    Column stays = isNearer.equalTo(lit(false)).or(isBack);
    return when(isKnown().and(present.isNotNull()).and(stays), before).otherwise(nearestId());
  }

  /**
   * By centres: 1 less the distance to the own centre over that to the nearest other one, at least
   * 0. By rules: the purity of the rule. Null in S0.
   */
  private Column confidence(Column current) {
    Column confidence;
    if (settings.assignBy() == AssignBy.RULES) {
      confidence = lit(null).cast(DataTypes.DoubleType);
      for (Rule rule : model.rules()) {
        confidence = when(rule.holds(), lit(rule.purity().doubleValue())).otherwise(confidence);
      }
    } else {
      Column own = ofSegment(current, this::distance, NO_NUMBER);
      Column other = ofSegment(current, this::others, NO_NUMBER);
      Column part = sqrt(own.divide(other));
      confidence =
          model.segments().size() < 2
              ? lit(1.0)
              : when(other.gt(0), greatest(lit(1.0).minus(part), lit(0.0))).otherwise(0.0);
    }
    return when(isKnown(), round(confidence, PLACES)).cast(DecimalTypes.SHARE);
  }

  private Column others(Segment segment) {
    List<Column> others =
        model.segments().stream()
            .filter(other -> !other.equals(segment))
            .map(this::distance)
            .toList();
    return switch (others.size()) {
      case 0 -> NO_NUMBER;
      case 1 -> others.get(0);
      default -> least(others.toArray(Column[]::new));
    };
  }

  private Column ofSegment(Column id, Function<Segment, Column> value, Column otherwise) {
    Column found = otherwise;
    for (Segment segment : model.segments()) {
      found = when(id.equalTo(segment.id()), value.apply(segment)).otherwise(found);
    }
    return found;
  }

  private Column name(Column id, Function<BilingualText, String> language) {
    Column unknown = lit(language.apply(plan.unknownName()));
    return ofSegment(id, segment -> lit(language.apply(plan.name(segment))), unknown);
  }

  private Column distance(Segment segment) {
    return Columns.column(distanceName(segment));
  }

  private static String distanceName(Segment segment) {
    return "segment distance " + segment.id();
  }

  private static String coordinate(Feature feature) {
    return "segment coordinate " + feature.name();
  }
}
