package io.karat.segments;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.karat.models.Model;
import io.karat.models.ModelCandidate;
import io.karat.models.ModelComparison;
import io.karat.models.ModelComparison.Cut;
import io.karat.models.ModelComparison.Move;
import io.karat.models.ModelCustomers;
import io.karat.models.ModelKind;
import io.karat.models.NightModel;
import io.karat.run.UsageException;
import io.karat.scores.ScoreColumns;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The model kind of segments: fitted anew on the customers of a release, and compared over them.
 */
public record SegmentKind(SegmentPlan plan) implements ModelKind {
  private static final String OTHER = "segment_id of the other";
  private static final int PLACES = 2;

  /** The kind under a plan; an error if there is none, as clustering is off. */
  public static SegmentKind of(Optional<SegmentPlan> plan) {
    return new SegmentKind(
        plan.orElseThrow(
            () ->
                new UsageException(
                    "Segments are off in this configuration, so there is nothing to fit. Give"
                        + " 'clustering' features whose inputs are mapped.")));
  }

  @Override
  public String name() {
    return SegmentModel.KIND;
  }

  @Override
  public NightModel ofNight(
      ModelCustomers customers, List<Model> inForce, Optional<LocalDate> lastFit) {
    List<SegmentModel> models = inForce.stream().map(SegmentModel::parse).toList();
    SegmentModel used = SegmentFitting.fit(plan, customers.indicators(), customers.asOf(), models);
    return new NightModel(
        Optional.of(used.model()), Optional.empty(), new RuleText(used).remarks());
  }

  @Override
  public Model fit(ModelCustomers customers) {
    return SegmentFitting.candidate(plan, customers, Optional.empty()).model().model();
  }

  @Override
  public ModelCandidate candidate(ModelCustomers customers, Optional<Model> live) {
    Optional<SegmentModel> parent = live.map(SegmentModel::parse);
    SegmentTrainer.Trained trained = SegmentFitting.candidate(plan, customers, parent);
    Optional<BigDecimal> changed =
        Optional.ofNullable(trained.model().quality().get("changed_share"));
    List<String> remarks = new ArrayList<>(trained.remarks());
    changed.ifPresent(
        share ->
            remarks.add(
                "%s %% of customers would be in another segment."
                    .formatted(share.movePointRight(2).setScale(PLACES, RoundingMode.HALF_UP))));
    RuleText rules = new RuleText(trained.model());
    rules.remarks().forEach(remark -> remarks.add(remark.en()));
    remarks.add("As SQL over customer_indicators:");
    remarks.addAll(rules.sql());
    boolean isCloseEnough =
        changed
            .flatMap(share -> plan.settings().maxChanged().map(most -> share.compareTo(most) <= 0))
            .orElse(false);
    return new ModelCandidate(trained.model().model(), remarks, isCloseEnough);
  }

  @Override
  public ModelComparison compare(Model live, Model other, ModelCustomers customers) {
    SegmentModel liveSegments = SegmentModel.parse(live);
    SegmentModel otherSegments = SegmentModel.parse(other);
    return new ModelComparison(
        cuts(liveSegments, otherSegments), moves(liveSegments, otherSegments, customers));
  }

  /** The shares and centres of segments, in the units of the indicators. */
  private static List<Cut> cuts(SegmentModel live, SegmentModel other) {
    Set<String> ids = new LinkedHashSet<>(live.ids());
    ids.addAll(other.ids());
    Set<String> features = new LinkedHashSet<>(live.featureNames());
    features.addAll(other.featureNames());
    List<Cut> cuts = new ArrayList<>();
    for (String id : ids) {
      cuts.add(new Cut(id + " share of customers", share(live, id), share(other, id)));
      for (String feature : features) {
        cuts.add(
            new Cut(id + " " + feature, centre(live, id, feature), centre(other, id, feature)));
      }
    }
    return cuts;
  }

  private static Optional<BigDecimal> share(SegmentModel model, String id) {
    return model
        .segment(id)
        .map(
            segment ->
                BigDecimal.valueOf(segment.customers())
                    .divide(
                        BigDecimal.valueOf(Math.max(model.training().complete(), 1)),
                        PLACES,
                        RoundingMode.HALF_UP));
  }

  private static Optional<BigDecimal> centre(SegmentModel model, String id, String feature) {
    int f = model.featureNames().indexOf(feature);
    return f < 0
        ? Optional.empty()
        : model
            .segment(id)
            .map(segment -> model.features().get(f).valueAt(segment.centre().get(f)))
            .map(value -> BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP));
  }

  private List<Move> moves(SegmentModel live, SegmentModel other, ModelCustomers customers) {
    Dataset<Row> placed =
        new SegmentAssignment(plan, live)
            .placed(customers.indicators())
            .withColumnRenamed(ScoreColumns.SEGMENT_ID, OTHER);
    return new SegmentAssignment(plan, other)
            .placed(placed)
            .groupBy(Columns.column(OTHER), Columns.column(ScoreColumns.SEGMENT_ID))
            .agg(count(lit(1)))
            .orderBy(Columns.column(OTHER), Columns.column(ScoreColumns.SEGMENT_ID))
            .collectAsList()
            .stream()
            // Not in the plan: a filter would be pushed down and repeat every step.
            .filter(row -> !row.getString(0).equals(row.getString(1)))
            .map(
                row ->
                    new Move(
                        ScoreColumns.SEGMENT_ID,
                        row.getString(0),
                        row.getString(1),
                        row.getLong(2)))
            .toList();
  }
}
