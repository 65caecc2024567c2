package io.karat.explain;

import static org.apache.spark.sql.functions.col;

import io.karat.allocation.ResourceAllocation;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunTables;
import io.karat.tables.Columns;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Allocation of a resource to a customer, as it was published: it depends on all customers.
 *
 * @param values the columns of customer_allocation, in their order
 */
public record ExplainedAllocation(String resource, Map<String, Optional<Object>> values) {
  private static final String RESOURCE = "resource";
  private static final List<String> SHOWN =
      List.of("tier", "effort_now", "effort_proposed", "effort_gap", "difficulty", "treatment");

  public ExplainedAllocation {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The allocations to a customer, by resource; none where the night has none. */
  static List<ExplainedAllocation> of(
      String customer, LocalDate asOf, OutputFolder output, SparkSession spark) throws IOException {
    String table = ResourceAllocation.CUSTOMERS.name();
    Commit head = output.head();
    Optional<RunTables> kept =
        Optional.ofNullable(head.nights().get(asOf))
            .flatMap(night -> head.release(night.runId()))
            .map(output::tables);
    if (kept.isEmpty() || !kept.get().has(table)) {
      return List.of();
    }

    // One row per resource.
    return spark
        .read()
        .parquet(kept.get().location(table))
        .filter(col(Columns.CUSTOMER_ID).equalTo(customer))
        .orderBy(RESOURCE)
        .collectAsList()
        .stream()
        .map(ExplainedAllocation::of)
        .toList();
  }

  private static ExplainedAllocation of(Row row) {
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    SHOWN.forEach(name -> values.put(name, Optional.ofNullable(row.getAs(name))));
    return new ExplainedAllocation(row.getAs(RESOURCE), values);
  }
}
