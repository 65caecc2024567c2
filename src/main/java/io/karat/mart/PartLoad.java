package io.karat.mart;

import static java.util.stream.Collectors.joining;

import io.karat.run.Failpoint;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.postgresql.copy.CopyIn;

/**
 * The load of one part of a table, on an executor. A task may run twice; its rows are loaded once,
 * as they are committed together with the row about the part.
 *
 * @param name of the table to load
 * @param columns of its rows, in their order
 */
record PartLoad(Server server, Schemas schemas, String name, List<String> columns, CopyText text)
    implements Function2<Integer, Iterator<InternalRow>, Iterator<Long>> {
  private static final int ENOUGH = 1 << 16;

  @Override
  public Iterator<Long> call(Integer part, Iterator<InternalRow> rows) throws SQLException {
    try (Database database = server.open()) {
      // The commit that attaches the release flushes what a crash of the server could lose.
      database.run("SET synchronous_commit = off");
      long loaded = database.together(() -> load(database, part, rows));
      return List.of(loaded).iterator();
    }
  }

  private long load(Database database, int part, Iterator<InternalRow> rows) throws SQLException {
    boolean isFirst =
        database.update(
                "INSERT INTO %s VALUES (?, ?) ON CONFLICT DO NOTHING"
                    .formatted(schemas.loadedPart()),
                name,
                part)
            == 1;
    if (!isFirst) {
      return 0;
    }

    RunningDecimalSum[] sums = text.noSums();
    CopyIn copy =
        database.copyIn(
            "COPY %s (%s) FROM STDIN".formatted(schemas.table(name), Sql.names(columns)));
    long loaded;
    try {
      loaded = send(rows, database, copy, sums);
      Failpoint.reach(MartStep.IN_MART_PART);
      database.copying(copy::endCopy);
    } finally {
      if (copy.isActive()) {
        database.copying(copy::cancelCopy);
      }
    }
    database.update(
        "UPDATE %s SET rows = ?, sums = ? WHERE table_name = ? AND part = ?"
            .formatted(schemas.loadedPart()),
        loaded,
        sums(sums),
        name,
        part);
    return loaded;
  }

  private long send(
      Iterator<InternalRow> rows, Database database, CopyIn copy, RunningDecimalSum[] sums)
      throws SQLException {
    CopyBuffer line = new CopyBuffer();
    long sent = 0;
    while (rows.hasNext()) {
      text.write(rows.next(), line, sums);
      sent++;
      if (line.length() > ENOUGH) {
        database.copying(() -> copy.writeToCopy(line.bytes(), 0, line.length()));
        line.clear();
      }
    }
    database.copying(() -> copy.writeToCopy(line.bytes(), 0, line.length()));
    return sent;
  }

  /** The sums of the decimal columns in their order, such as {@code "12.50,0"}. */
  private String sums(RunningDecimalSum[] sums) {
    return IntStream.range(0, sums.length)
        .filter(text::isDecimal)
        .mapToObj(column -> sums[column].total().toPlainString())
        .collect(joining(","));
  }
}
