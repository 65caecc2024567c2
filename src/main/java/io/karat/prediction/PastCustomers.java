package io.karat.prediction;

import static java.util.Comparator.comparing;

import io.karat.tables.Columns;
import io.karat.tables.CustomerSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Customers as they were known on an earlier day, with what they did afterwards, in the order of
 * their ids: numbers by name, NaN where unknown.
 */
final class PastCustomers {
  /** The most customers of a fit. */
  static final long MOST = 200_000;

  private final List<String> names;
  private final double[][] values;

  private PastCustomers(List<String> names, double[][] values) {
    this.names = List.copyOf(names);
    this.values = values;
  }

  /** Fetches customers; starts a job. */
  static PastCustomers of(Dataset<Row> customers, Map<String, Column> numbers) {
    List<Column> columns = new ArrayList<>(List.of(Columns.column(Columns.CUSTOMER_ID)));
    numbers.forEach((name, value) -> columns.add(value.cast(DataTypes.DoubleType).as(name)));
    List<Row> rows =
        customers.select(columns.toArray(Column[]::new)).collectAsList().stream()
            .sorted(comparing((Row row) -> row.getString(0)))
            .toList();
    double[][] values = new double[numbers.size()][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < values.length; j++) {
        values[j][i] = rows.get(i).isNullAt(j + 1) ? Double.NaN : rows.get(i).getDouble(j + 1);
      }
    }
    return new PastCustomers(List.copyOf(numbers.keySet()), values);
  }

  /** Whether a customer is in the sample of a fit, whatever the order of rows. */
  static Column isSampled(long customers) {
    return CustomerSample.isIn(customers, MOST);
  }

  int size() {
    return values[0].length;
  }

  double[] values(String name) {
    return values[names.indexOf(name)].clone();
  }

  /** The same numbers, 0 where unknown. */
  double[] known(String name) {
    double[] known = values(name);
    for (int i = 0; i < known.length; i++) {
      known[i] = Double.isNaN(known[i]) ? 0 : known[i];
    }
    return known;
  }

  /** The positions of the customers for whom a number is above 0. */
  int[] positive(String name) {
    double[] numbers = values[names.indexOf(name)];
    return IntStream.range(0, numbers.length).filter(i -> numbers[i] > 0).toArray();
  }
}
