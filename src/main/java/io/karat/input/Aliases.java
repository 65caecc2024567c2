package io.karat.input;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.karat.run.InputException;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Alternative ids of customers: each alias maps to the customer at the end of its chain. Where
 * groups count as one customer, members map to the topmost customer of their group.
 *
 * <p>Up to a million aliases are resolved on the driver and broadcast; more are resolved by joins.
 */
public final class Aliases {
  /** The largest number of aliases that is resolved on the driver and broadcast to every task. */
  static final int MOST_ON_DRIVER = 1_000_000;

  /** The column of the alias. */
  public static final String ALIAS = "alias_id";

  /** The column of the customer at the end of its chain. */
  public static final String TARGET = "alias_customer_id";

  /**
   * The column of the customer's own id where groups count as one customer, with a name that no
   * characteristic has.
   */
  public static final String MEMBER = "id in group";

  private static final String IS_MOVED = "is_moved";
  private static final StructType LINKS =
      new StructType().add(ALIAS, DataTypes.StringType).add(TARGET, DataTypes.StringType);

  private final Dataset<Row> links;
  private final boolean isSmall;

  private Aliases(Dataset<Row> links, boolean isSmall) {
    this.links = links;
    this.isSmall = isSmall;
  }

  /**
   * Resolves every chain to its end; starts jobs.
   *
   * @param rows the used rows of the input: {@code alias_id}, {@code customer_id}; an alias of
   *     itself is ignored
   * @throws InputException if an alias maps to several customers, or if chains form a cycle
   */
  public static Aliases of(Dataset<Row> rows) {
    return of(rows, MOST_ON_DRIVER);
  }

  static Aliases of(Dataset<Row> rows, int mostOnDriver) {
    Dataset<Row> links =
        rows.select(col(ALIAS), col(Columns.CUSTOMER_ID).as(TARGET))
            .filter(not(col(ALIAS).equalTo(col(TARGET))))
            .distinct();
    List<Row> some = links.limit(mostOnDriver + 1).collectAsList();
    return some.size() <= mostOnDriver
        ? new Aliases(followed(some, rows.sparkSession()), true)
        : new Aliases(followed(links), false);
  }

  /**
   * Aliases of customers and members of groups, who stand for the topmost customer of theirs.
   *
   * @param aliases the aliases of customers; empty if there are none
   * @param topmost the topmost customer, {@value #TARGET}, of each other member, {@value #ALIAS}
   */
  public static Aliases ofGroups(Optional<Aliases> aliases, Dataset<Row> topmost) {
    Dataset<Row> members = topmost.select(col(ALIAS), col(TARGET), col(ALIAS).as(MEMBER));
    Dataset<Row> tops = topmost.select(col(ALIAS).as("top_member"), col(TARGET).as("top"));
    Dataset<Row> links =
        aliases
            .map(
                all ->
                    all.links
                        .join(tops, col(TARGET).equalTo(col("top_member")), "left")
                        .select(
                            col(ALIAS),
                            coalesce(col("top"), col(TARGET)).as(TARGET),
                            col(TARGET).as(MEMBER))
                        .unionByName(members))
            .orElse(members);
    return new Aliases(links, aliases.map(all -> all.isSmall).orElse(true));
  }

  /** Whether groups count as one customer. */
  boolean areOfGroups() {
    return List.of(links.columns()).contains(MEMBER);
  }

  /**
   * Replaces aliases in {@code customer_id} and adds {@code is_own_id}, false on rows that had an
   * alias, and where groups count as one customer {@value #MEMBER}.
   */
  Dataset<Row> resolve(Dataset<Row> rows) {
    Column id = rows.col(Columns.CUSTOMER_ID);
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      columns.add(
          name.equals(Columns.CUSTOMER_ID)
              ? coalesce(links.col(TARGET), id).as(name)
              : rows.col(name));
    }
    Column isOwn = links.col(TARGET).isNull();
    if (areOfGroups()) {
      columns.add(isOwn.or(links.col(MEMBER).equalTo(id)).as(ValidatedRows.IS_OWN_ID));
      columns.add(coalesce(links.col(MEMBER), id).as(MEMBER));
    } else {
      columns.add(isOwn.as(ValidatedRows.IS_OWN_ID));
    }
    return rows.join(links(), id.equalTo(links.col(ALIAS)), "left")
        .select(columns.toArray(Column[]::new));
  }

  /** Every alias with its customer: {@value #ALIAS}, {@value #TARGET}. */
  public Dataset<Row> links() {
    return isSmall ? broadcast(links) : links;
  }

  /** The customer of each alias; empty if there are more than some, which are not all read. */
  public Optional<SortedMap<String, String>> customers(int most) {
    List<Row> some = isSmall ? links.limit(most + 1).collectAsList() : List.of();
    if (!isSmall || some.size() > most) {
      return Optional.empty();
    }

    SortedMap<String, String> customers = new TreeMap<>();
    some.forEach(link -> customers.put(link.getString(0), link.getString(1)));
    return Optional.of(customers);
  }

  /** The customer of an id; the id itself if it is no alias. */
  public String customer(String id) {
    return links.filter(col(ALIAS).equalTo(id)).select(TARGET).collectAsList().stream()
        .map(row -> row.getString(0))
        .findFirst()
        .orElse(id);
  }

  /** All aliases of a customer; empty if there are none. */
  public SortedSet<String> aliases(String customer) {
    return links.filter(col(TARGET).equalTo(customer)).select(ALIAS).collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a customer stands for others of its group. */
  public boolean isGroup(String customer) {
    return areOfGroups()
        && !links
            .filter(col(TARGET).equalTo(customer).and(col(MEMBER).notEqual(customer)))
            .isEmpty();
  }

  private static Dataset<Row> followed(List<Row> links, SparkSession spark) {
    Map<String, String> targets = new HashMap<>();
    Set<String> ambiguous = new LinkedHashSet<>();
    for (Row link : links) {
      if (targets.put(link.getString(0), link.getString(1)) != null) {
        ambiguous.add(link.getString(0));
      }
    }
    requireOneCustomerEach(ambiguous.size());
    List<Row> ends = new ArrayList<>();
    Set<String> circling = new LinkedHashSet<>();
    for (String alias : targets.keySet()) {
      String end = end(alias, targets, circling);
      ends.add(RowFactory.create(alias, end));
    }
    requireNoCircle(circling.size());
    return spark.createDataFrame(ends, LINKS);
  }

  /** The last id of a chain; from now on every id on the way maps to it directly. */
  private static String end(String alias, Map<String, String> targets, Set<String> circling) {
    Set<String> path = new LinkedHashSet<>();
    String id = alias;
    while (targets.containsKey(id) && path.add(id)) {
      id = targets.get(id);
    }
    if (path.contains(id)) {
      circling.addAll(path);
    } else {
      String last = id;
      path.forEach(passed -> targets.put(passed, last));
    }
    return id;
  }

  /**
   * Pointer doubling: each round doubles the reach of every link, so that few rounds resolve any
   * chain.
   */
  private static Dataset<Row> followed(Dataset<Row> links) {
    Dataset<Row> reached = links.localCheckpoint();
    requireOneCustomerEach(reached.groupBy(ALIAS).count().filter(col("count").gt(1)).count());
    long count = reached.count();
    for (long reach = 1; reach < count; reach *= 2) {
      Dataset<Row> doubled = onwards(reached).localCheckpoint();
      if (doubled.filter(col(IS_MOVED)).isEmpty()) {
        return reached;
      }

      reached = doubled.drop(IS_MOVED);
    }
    requireNoCircle(onwards(reached).filter(col(IS_MOVED)).count());
    return reached;
  }

  /** Links extended by the link at their end, with {@code is_moved} true on those that had one. */
  private static Dataset<Row> onwards(Dataset<Row> links) {
    Dataset<Row> next = links.select(col(ALIAS).as("next_id"), col(TARGET).as("next_target"));
    return links
        .join(next, col(TARGET).equalTo(col("next_id")), "left")
        .select(
            col(ALIAS),
            coalesce(col("next_target"), col(TARGET)).as(TARGET),
            col("next_id").isNotNull().as(IS_MOVED));
  }

  private static void requireOneCustomerEach(long ambiguous) {
    if (ambiguous > 0) {
      throw new InputException(
          "Input 'aliases' has %d %s with several customers: expected one each. Deliver one row per alias_id."
              .formatted(ambiguous, ambiguous == 1 ? "alias" : "aliases"));
    }
  }

  private static void requireNoCircle(long circling) {
    if (circling > 0) {
      throw new InputException(
          "Input 'aliases' has a circle of %d %s: expected every chain to end at a customer. Break the circle."
              .formatted(circling, circling == 1 ? "id" : "ids"));
    }
  }
}
