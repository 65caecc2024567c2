package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.UsageException;
import io.karat.testing.LocalSpark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of 3,000 customers of four kinds, fitted on 1,000 of them. */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegmentModelTest {
  private static final SegmentPlan PLAN = SegmentedCustomers.plan("k: 4, sample: 1000");

  private final SparkSession spark;
  private Dataset<Row> customers;
  private SegmentModel model;

  SegmentModelTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void learn() {
    customers = SegmentedCustomers.of(spark, 3_000).cache();
    model = fit(customers);
  }

  private static SegmentModel fit(Dataset<Row> customers) {
    return SegmentFitting.fit(PLAN, customers, SegmentedCustomers.NIGHT, List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 200})
  void anyOrderAndPartitionsGiveTheSameFile(int partitions) {
    Dataset<Row> shuffled =
        customers.repartition(partitions, functions.xxhash64(functions.col("tenure_days")));

    assertEquals(model.json(), fit(shuffled).json());
  }

  /** 25,000 customers are more than starts are tried on. */
  @Test
  void theBestStartOfSomeGoesOnToTheBestOfAll() {
    int many = 25_000;
    TrainingSample sample =
        TrainingSample.of(SegmentedCustomers.of(spark, many), PLAN.features(), many);
    FeatureSpace space =
        new FeatureSpace(sample, model.features(), sample.complete(PLAN.features()));
    Clusters ofAll = KMeans.of(4, PLAN.settings().seed()).fit(space.points());
    Clusters found =
        new ClusterSearch(
                space, PLAN.settings(), Optional.empty(), new ArrayList<>(), new LinkedHashMap<>())
            .clusters(false);

    assertEquals(ofAll.cost(), found.cost(), 1e-6 * ofAll.cost());
  }

  @Test
  void theFourKindsAreFoundAndNamed() {
    assertEquals(
        """
        S1 High value, frequent, recent
        S2 Mid value, infrequent, less recent
        S3 Mid value, newer, recent
        S4 Low value, infrequent, less recent
        """,
        names(model));
    assertTrue(model.segments().stream().allMatch(it -> it.fidelity().doubleValue() > 0.95));
    assertEquals(1_000, model.training().sampled());
    assertEquals(3_000, model.training().customers());
  }

  @Test
  void theFileIsReadAgainAsItWas() {
    assertEquals(model, SegmentModel.parse(model.json(), "segments 1"));
    assertEquals(model.json(), SegmentModel.parse(model.json(), "segments 1").json());
  }

  @Test
  void whatALaterVersionAddsIsLeftAside() {
    String later = model.json().replaceFirst("\\{", "{\n  \"colour\" : \"red\",");

    assertEquals(model, SegmentModel.parse(later, "segments 1"));
  }

  @Test
  void anotherFormatIsRefused() {
    String later = model.json().replaceFirst("\"format\" : 1", "\"format\" : 2");

    assertEquals(
        "Model file 'segments 1' has format 2 of 'segments', expected format 1 of 'segments'. Run"
            + " karat models fit segments, or use the version of Karat that wrote it.",
        assertThrows(UsageException.class, () -> SegmentModel.parse(later, "segments 1"))
            .getMessage());
  }

  @Test
  void whatIsNoModelIsRefused() {
    String message =
        Objects.requireNonNull(
            assertThrows(
                    UsageException.class, () -> SegmentModel.parse("{\"format\"", "segments 1"))
                .getMessage());

    assertTrue(message.startsWith("Model file 'segments 1' cannot be read: "), message);
    assertTrue(message.endsWith(". Run karat models fit segments."), message);
  }

  @Test
  void aNightGoesByTheModelInForceForItsFeatures() {
    assertEquals(
        model,
        SegmentFitting.fit(
            SegmentedCustomers.plan("k: 3, seed: 1"),
            customers,
            SegmentedCustomers.NIGHT.plusDays(1),
            List.of(model)));
  }

  /** Other features get other segments, with ids that were never given. */
  @Test
  void otherFeaturesGetNewIds() {
    SegmentModel other =
        SegmentFitting.fit(
            SegmentedCustomers.plan("features: {net_sales_amount_365d: 1}, k: 2"),
            customers,
            SegmentedCustomers.NIGHT,
            List.of(
                new SegmentModel(
                    model.format(),
                    model.kind(),
                    model.fittedAsOf(),
                    model.parent(),
                    model.training(),
                    model.features(),
                    model.dropped(),
                    List.of(),
                    model.rules(),
                    model.gone(),
                    5,
                    model.quality(),
                    model.farSquared())));

    assertEquals(List.of("S5", "S6"), other.ids());
  }

  private static String names(SegmentModel model) {
    StringBuilder names = new StringBuilder();
    model
        .segments()
        .forEach(it -> names.append(it.id()).append(' ').append(it.name().en()).append('\n'));
    return names.toString();
  }
}
