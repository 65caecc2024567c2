package io.karat.ranks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rank queries of several tables over the same customers, which one sort answers.
 *
 * @param values the columns that are ranked and their groups, by name
 */
public record RankedCustomers(Map<String, Column> values, List<RankQuery<?>> queries) {
  public RankedCustomers {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    queries = List.copyOf(queries);
  }

  /** The queries of both; a value of the same name is the same. */
  public RankedCustomers and(RankedCustomers other) {
    Map<String, Column> both = new LinkedHashMap<>(values);
    both.putAll(other.values);
    List<RankQuery<?>> all = new ArrayList<>(queries);
    all.addAll(other.queries);
    return new RankedCustomers(both, all);
  }

  /** Answers all queries; empty without any. Starts jobs. */
  public Optional<RankResults> of(Dataset<Row> customers) {
    if (queries.isEmpty()) {
      return Optional.empty();
    }

    List<Column> ranked = new ArrayList<>();
    values.forEach((name, value) -> ranked.add(value.as(name)));
    List<RankedColumn> columns = new ArrayList<>();
    queries.forEach(query -> columns.add(query.column()));
    return Optional.of(
        Distributions.of(customers.select(ranked.toArray(Column[]::new)), columns).answer(queries));
  }
}
