package io.karat.lineage;

import io.karat.quality.CheckResult;
import io.karat.settings.Checks.Severity;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DataQualityAssertionsDatasetFacet;
import io.openlineage.client.OpenLineage.DataQualityAssertionsDatasetFacetAssertions;
import io.openlineage.client.OpenLineage.DataQualityAssertionsDatasetFacetAssertionsBuilder;
import io.openlineage.client.OpenLineage.OutputDatasetFacet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Assertions of OpenLineage about one dataset: the checks of a night, each met or not, whatever
 * follows from that.
 */
record Assertions(List<DataQualityAssertionsDatasetFacetAssertions> assertions) {
  static final String FACET = "dataQualityAssertions";

  /**
   * The checks of a table. The name of one that is about no column says what it measures.
   *
   * @param columns the column of the dataset that a check measures, if it does
   */
  static Assertions of(
      List<CheckResult> checks, String table, Function<String, Optional<String>> columns) {
    return new Assertions(
        checks.stream()
            .filter(check -> check.table().equals(table) && check.severity() != Severity.OFF)
            .map(check -> of(check, columns.apply(check.metric())))
            .toList());
  }

  private static DataQualityAssertionsDatasetFacetAssertions of(
      CheckResult check, Optional<String> column) {
    DataQualityAssertionsDatasetFacetAssertionsBuilder assertion =
        LineageEvent.FACETS
            .newDataQualityAssertionsDatasetFacetAssertionsBuilder()
            .success(check.isMet());
    return column
        .map(name -> assertion.assertion(check.check()).column(name))
        .orElseGet(() -> assertion.assertion("%s.%s".formatted(check.check(), check.metric())))
        .build();
  }

  /** The facet of an input; empty without checks. */
  Optional<DataQualityAssertionsDatasetFacet> ofInput() {
    return assertions.isEmpty()
        ? Optional.empty()
        : Optional.of(LineageEvent.FACETS.newDataQualityAssertionsDatasetFacet(assertions));
  }

  /** The same facet of a published table, for which the client has no class. */
  Optional<OutputDatasetFacet> ofOutput() {
    if (assertions.isEmpty()) {
      return Optional.empty();
    }

    OutputDatasetFacet facet = new OpenLineage.DefaultOutputDatasetFacet(LineageEvent.PRODUCER);
    facet.getAdditionalProperties().put("assertions", assertions);
    return Optional.of(facet);
  }
}
