package io.karat.night;

import static io.karat.settings.Translations.text;
import static org.apache.spark.sql.functions.sum;

import io.karat.allocation.AllocationPlan.Resource;
import io.karat.allocation.ResourceAllocation;
import io.karat.allocation.ResourceAllocation.Proposal;
import io.karat.settings.BilingualText;
import io.karat.tables.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Allocation of the resources of a night, of customers with every score. */
record NightAllocation(Night night, Dataset<Row> scored) {
  /** Writes the tables; the result are remarks on totals that are too small. */
  List<BilingualText> written() throws IOException {
    List<Resource> resources = night.plan().allocation().resources();
    if (resources.isEmpty()) {
      return List.of();
    }

    night.begin(ResourceAllocation.CUSTOMERS.name());
    Dataset<Row> customers = customers(resources);
    List<Proposal> proposals =
        resources.stream()
            .map(it -> new ResourceAllocation(it, night.plan().scores()).proposal(customers))
            .toList();
    Dataset<Row> written =
        night
            .tables()
            .write(
                ResourceAllocation.CUSTOMERS,
                proposals.stream().map(Proposal::rows).reduce(Dataset::unionAll).orElseThrow());
    Map<String, Map<String, Long>> proposed = proposed(written);
    List<Row> tiers = new ArrayList<>();
    proposals.forEach(it -> tiers.addAll(it.tiers(proposed.getOrDefault(it.name(), Map.of()))));
    night.tables().write(ResourceAllocation.TIERS, tiers);
    night.job().progress().done(ResourceAllocation.CUSTOMERS.name());
    return proposals.stream()
        .filter(Proposal::isShort)
        .map(it -> text("allocation.short", it.name(), it.total()))
        .toList();
  }

  /** The customers with all columns that the resources need. */
  private Dataset<Row> customers(List<Resource> resources) {
    Set<String> needed = new LinkedHashSet<>(List.of(Columns.CUSTOMER_ID));
    resources.forEach(it -> needed.addAll(it.columns()));
    Set<String> there = new HashSet<>(Arrays.asList(scored.columns()));
    Set<String> elsewhere = new LinkedHashSet<>(needed);
    elsewhere.removeAll(there);
    Dataset<Row> joined = scored;
    if (!elsewhere.isEmpty()) {
      elsewhere.add(Columns.CUSTOMER_ID);
      Dataset<Row> values =
          selected(night.tables().read(night.tables().customerValue()), elsewhere);
      joined = scored.join(values, Columns.CUSTOMER_ID);
    }
    return selected(joined, needed);
  }

  private static Dataset<Row> selected(Dataset<Row> customers, Set<String> names) {
    return customers.select(names.stream().map(Columns::column).toArray(Column[]::new));
  }

  /** The units proposed to the customers of each tier, by resource. */
  private static Map<String, Map<String, Long>> proposed(Dataset<Row> written) {
    Map<String, Map<String, Long>> proposed = new HashMap<>();
    // One row per resource and tier.
    for (Row row :
        written.groupBy("resource", "tier").agg(sum(ResourceAllocation.PROPOSED)).collectAsList()) {
      proposed
          .computeIfAbsent(row.getString(0), it -> new HashMap<>())
          .put(row.getString(1), row.getLong(2));
    }
    return proposed;
  }
}
