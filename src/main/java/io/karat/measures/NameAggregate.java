package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.ledger.Merge;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Partial aggregates of names, such as those of products and channels. */
sealed interface NameAggregate extends PartialAggregate {
  /** The number of different names, such as those of products; 0 if there are none. */
  record DistinctNames() implements NameAggregate {
    @Override
    public List<Column> parts(Column name) {
      return List.of(name);
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.DISTINCT);
    }

    @Override
    public Column result(List<Column> parts) {
      return coalesce(parts.get(0), lit(0L));
    }
  }

  /** The name with the largest sum, the first of several; null if there is none. */
  record LargestName(Column name) implements NameAggregate {
    @Override
    public List<Column> parts(Column value) {
      return List.of(when(name.isNotNull().and(value.isNotNull()), functions.struct(name, value)));
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.SUMS);
    }

    @Override
    public Column result(List<Column> parts) {
      return parts.get(0);
    }
  }

  /** Every name with its sum; null if there is none. It shares its parts with the largest. */
  record NameSums(LargestName names) implements NameAggregate {
    @Override
    public List<Column> parts(Column value) {
      return names.parts(value);
    }

    @Override
    public List<Merge> merges() {
      return names.merges();
    }

    @Override
    public Column result(List<Column> parts) {
      return parts.get(0);
    }
  }
}
