package io.karat.groups;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.input.Aliases;
import io.karat.quality.CheckResult;
import io.karat.testing.LocalSpark;
import io.karat.testing.TextTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of the group of every customer. */
@ExtendWith(LocalSpark.class)
class GroupMembersTest {
  private static final String RECURSIVE =
      """
      WITH RECURSIVE chains AS (
        SELECT customer_id, customer_id AS top, parent, 1 AS level FROM customers
        UNION ALL
        SELECT chains.customer_id, chains.parent, next.parent, level + 1
        FROM chains LEFT JOIN customers next ON next.customer_id = chains.parent
        WHERE chains.parent IS NOT NULL),
      ends AS (SELECT customer_id, top, level FROM chains WHERE parent IS NULL)
      SELECT customer_id, top, level, count(*) OVER (PARTITION BY top) FROM ends ORDER BY 1
      """;

  private final SparkSession spark;

  GroupMembersTest(SparkSession spark) {
    this.spark = spark;
  }

  /** a owns b, which owns c; z, who owns e, has no rows; f names itself. */
  @Test
  void everyCustomerHasAGroup() {
    String customers = "a |\nb | a\nc | b\nd |\ne | z\nf | f\n";
    GroupMembers members = members(customers, Optional.empty());

    assertEquals(
        """
        a | a | 1 | 3
        b | a | 2 | 3
        c | a | 3 | 3
        d | d | 1 | 1
        e | z | 2 | 1
        f | f | 1 | 1
        """,
        text(members, customers));
    assertEquals(1, members.missing());
  }

  /** The parent of b is known as old-a too. */
  @Test
  void aParentMayBeNamedByAnAlias() {
    String customers = "a |\nb | old-a\n";
    Aliases aliases =
        Aliases.of(TextTable.frame(spark, "alias_id string, customer_id string", "old-a | a\n"));

    assertEquals(
        "a | a | 1 | 2\nb | a | 2 | 2\n",
        text(members(customers, Optional.of(aliases)), customers));
  }

  @Test
  void circlesLevelsAndMissingParentsAreResultsOfChecks() {
    List<CheckResult> results =
        new GroupChecks(GroupPlan.builtIn())
            .chains(members("a | b\nb | a\nc | z\n", Optional.empty()));

    assertEquals(
        """
        refused | 2 | 2 customers are parents of each other in circles: expected every chain of parents to end. Correct the parents, or cut circles at the least id with 'hierarchy.on_cycle: cut'.
        passed | 2 | The deepest group has 2 levels: expected at most 10, 'hierarchy.levels'.
        passed | 1 | 1 parents have no rows of their own: each is the topmost customer of its group.
        """,
        results.stream()
            .map(
                it ->
                    "%s | %s | %s\n"
                        .formatted(it.status(), it.value().orElseThrow(), it.message().en()))
            .collect(joining()));
    assertEquals(
        "No customers are parents of each other in a circle.",
        new GroupChecks(GroupPlan.builtIn())
            .chains(members("a |\n", Optional.empty()))
            .get(0)
            .message()
            .en());
    assertEquals(
        "refused",
        new GroupChecks(GroupPlan.builtIn())
            .chains(
                members(
                    IntStream.range(1, 11)
                        .mapToObj(i -> "c%02d | c%02d\n".formatted(i, i - 1))
                        .collect(joining()),
                    Optional.empty()))
            .get(1)
            .status());
  }

  /** A forest of 1,000 customers, many levels deep, and some parents who are no customers. */
  @Test
  void aRecursiveQueryFindsTheSameGroups() throws SQLException {
    Random random = new Random(22);
    StringBuilder forest = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      String parent =
          i == 0 || random.nextInt(8) == 0
              ? ""
              : random.nextInt(50) == 0
                  ? "m%d".formatted(random.nextInt(5))
                  : "c%04d".formatted(random.nextInt(i));
      forest.append("c%04d | %s\n".formatted(i, parent));
    }
    String expected = recursive(forest.toString());

    assertTrue(expected.lines().anyMatch(line -> line.contains(" | 9 | ")), "deep enough");
    assertEquals(expected, text(members(forest.toString(), Optional.empty()), forest.toString()));
  }

  private static String recursive(String forest) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("CREATE TABLE customers (customer_id VARCHAR, parent VARCHAR)");
      String values =
          forest
              .lines()
              .map(line -> line.split("\\|", -1))
              .map(
                  cells -> "('%s', nullif('%s', ''))".formatted(cells[0].strip(), cells[1].strip()))
              .collect(joining(", "));
      statement.execute("INSERT INTO customers VALUES " + values);
      StringBuilder text = new StringBuilder();
      try (ResultSet rows = statement.executeQuery(RECURSIVE)) {
        while (rows.next()) {
          text.append(
              "%s | %s | %s | %s\n"
                  .formatted(
                      rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
        }
      }
      return text.toString();
    }
  }

  private GroupMembers members(String customers, Optional<Aliases> aliases) {
    return GroupMembers.of(frame(customers), "parent", aliases);
  }

  private Dataset<Row> frame(String customers) {
    return TextTable.frame(spark, "customer_id string, parent string", customers);
  }

  private String text(GroupMembers members, String customers) {
    return members
        .added(frame(customers))
        .drop("parent")
        .orderBy("customer_id")
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" | ") + "\n")
        .collect(joining());
  }
}
