package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.models.Model;
import io.karat.models.ModelCandidate;
import io.karat.models.ModelComparison;
import io.karat.models.ModelCustomers;
import io.karat.testing.LocalSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Segments fitted anew with live ones to continue, over the same four kinds of customers. */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefitTest {
  private final SparkSession spark;
  private Dataset<Row> customers;
  private SegmentModel live;

  RefitTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void learn() {
    customers = SegmentedCustomers.of(spark, 800).cache();
    live = fit("k: 4", Optional.empty());
  }

  private SegmentModel fit(String clustering, Optional<SegmentModel> parent) {
    return SegmentFitting.candidate(SegmentedCustomers.plan(clustering), released(), parent)
        .model();
  }

  private ModelCustomers released() {
    return new ModelCustomers(SegmentedCustomers.NIGHT, customers);
  }

  /** The same segments in another order: ids and names stay with their customers. */
  @Test
  void centresInAnotherOrderKeepIdsAndNames() {
    List<Segment> reversed = new ArrayList<>(live.segments());
    Collections.reverse(reversed);
    SegmentModel again = fit("k: 4", Optional.of(with(reversed)));

    assertEquals(live.ids(), again.ids());
    assertEquals(
        live.segments().stream().map(Segment::name).toList(),
        again.segments().stream().map(Segment::name).toList());
    assertEquals(live.model().id(), fit("k: 4", Optional.of(live)).parent());
  }

  @Test
  void oneMoreSegmentGetsAnIdThatNobodyHad() {
    SegmentModel more = fit("k: 5", Optional.of(live));

    assertEquals(5, more.segments().size());
    assertTrue(more.ids().contains("S5"), () -> more.ids().toString());
    assertTrue(new TreeSet<>(more.ids()).containsAll(List.of("S5")));
    assertEquals(6, more.nextNumber());
  }

  @Test
  void oneThatIsDissolvedIsNotGivenAgain() {
    SegmentModel fewer = fit("k: 3", Optional.of(live));
    SegmentModel more = fit("k: 4", Optional.of(fewer));

    assertEquals(3, fewer.segments().size());
    assertFalse(fewer.gone().isEmpty());
    more.ids().stream()
        .filter(id -> !fewer.ids().contains(id))
        .forEach(id -> assertTrue(Integer.parseInt(id.substring(1)) > 4, id));
  }

  @Test
  void fewChangesAreAcceptedAtOnceWhereThatIsAllowed() {
    ModelCandidate candidate =
        new SegmentKind(SegmentedCustomers.plan("k: 4, accept: {max_changed: 0.15}"))
            .candidate(released(), Optional.of(live.model()));
    ModelCandidate byHand =
        new SegmentKind(SegmentedCustomers.plan("k: 4"))
            .candidate(released(), Optional.of(live.model()));

    assertTrue(candidate.isAcceptedAtOnce());
    assertFalse(byHand.isAcceptedAtOnce());
    assertTrue(
        candidate.remarks().contains("0.00 % of customers would be in another segment."),
        () -> candidate.remarks().toString());
    assertTrue(
        candidate
            .remarks()
            .contains(
                "S1 survives: 100 % of the customers in the old or the new segment are in both."),
        () -> candidate.remarks().toString());
    assertTrue(candidate.remarks().contains("CASE"));
  }

  /** auto finds the four kinds. */
  @Test
  void theNumberOfSegmentsIsFound() {
    SegmentModel found = fit("k: auto", Optional.empty());

    assertEquals(4, found.segments().size());
    assertTrue(Objects.requireNonNull(found.quality().get("stability")).doubleValue() > 0.8);
  }

  @Test
  void aComparisonSaysWhereCentresAreAndWhoWouldMove() {
    Model fewer = fit("k: 3", Optional.of(live)).model();
    ModelComparison comparison =
        new SegmentKind(SegmentedCustomers.plan("k: 4")).compare(live.model(), fewer, released());

    assertTrue(comparison.cuts().stream().anyMatch(cut -> cut.name().equals("S1 recency_days")));
    assertFalse(comparison.moves().isEmpty());
    assertTrue(comparison.moves().stream().allMatch(move -> move.column().equals("segment_id")));
  }

  private SegmentModel with(List<Segment> segments) {
    return new SegmentModel(
        live.format(),
        live.kind(),
        live.fittedAsOf(),
        live.parent(),
        live.training(),
        live.features(),
        live.dropped(),
        segments,
        live.rules(),
        live.gone(),
        live.nextNumber(),
        live.quality(),
        live.farSquared());
  }
}
