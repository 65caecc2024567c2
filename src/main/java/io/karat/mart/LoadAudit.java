package io.karat.mart;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/**
 * The audit of a loaded table: its number of rows and the sum of every decimal are compared with
 * the release.
 */
record LoadAudit(Database database, Schemas schemas) {
  private record Sent(long rows, List<BigDecimal> sums) {
    static Sent of(long rows, String sums) {
      return new Sent(
          rows,
          sums.isEmpty()
              ? List.of()
              : List.of(sums.split(",")).stream().map(BigDecimal::new).toList());
    }

    Sent plus(Sent other) {
      List<BigDecimal> both = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        both.add(sums.get(i).add(other.sums.get(i)));
      }
      return new Sent(rows + other.rows, both);
    }
  }

  /**
   * Audits a loaded table.
   *
   * @throws UnloadableReleaseException naming what differs
   */
  void require(LoadedTable table) throws SQLException, UnloadableReleaseException {
    List<String> decimals = new ArrayList<>();
    for (StructField field : table.rows().schema().fields()) {
      if (field.dataType() instanceof DecimalType) {
        decimals.add(field.name());
      }
    }
    Sent stored = stored(table, decimals);
    if (stored.rows() != table.expected()) {
      throw new UnloadableReleaseException(
          "table '%s' has %d rows in PostgreSQL and %d in the release"
              .formatted(table.table().name(), stored.rows(), table.expected()));
    }

    List<Sent> parts =
        database.rows(
            row -> Sent.of(row.getLong(1), row.getString(2)),
            "SELECT rows, sums FROM %s WHERE table_name = ?".formatted(schemas.loadedPart()),
            table.name());
    if (parts.isEmpty()) {
      return;
    }
    List<BigDecimal> sent = parts.stream().reduce(Sent::plus).orElseThrow().sums();
    for (int i = 0; i < decimals.size(); i++) {
      if (stored.sums().get(i).compareTo(sent.get(i)) != 0) {
        throw new UnloadableReleaseException(
            "column '%s' of '%s' sums to %s in PostgreSQL and to %s in the release"
                .formatted(
                    decimals.get(i),
                    table.table().name(),
                    stored.sums().get(i).toPlainString(),
                    sent.get(i).toPlainString()));
      }
    }
  }

  private Sent stored(LoadedTable table, List<String> decimals) throws SQLException {
    String sums =
        decimals.stream()
            .map(column -> ", coalesce(sum(%s), 0)".formatted(Sql.name(column)))
            .collect(joining());
    return database
        .first(
            row -> {
              List<BigDecimal> found = new ArrayList<>();
              for (int i = 0; i < decimals.size(); i++) {
                found.add(row.getBigDecimal(i + 2));
              }
              return new Sent(row.getLong(1), found);
            },
            "SELECT count(*)%s FROM %s".formatted(sums, schemas.table(table.name())))
        .orElseThrow();
  }
}
