package io.karat.groups;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.karat.groups.ParentChains.Place;
import io.karat.input.Aliases;
import io.karat.run.InputException;
import io.karat.settings.BilingualText;
import io.karat.settings.Translations;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableDefinitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Customers with the group that each belongs to. A customer without a parent and without
 * subsidiaries is a group of one.
 *
 * @param places the customers of groups with more than one customer, or whose topmost customer has
 *     no rows
 * @param chains the chains that they come from
 * @param missing the number of parents that no row of the night names
 */
public record GroupMembers(Dataset<Row> places, ParentChains chains, long missing) {
  public static final String GROUP = "group_id";
  public static final String LEVEL = "group_level";
  public static final String CUSTOMERS = "group_customer_count";

  /** The largest number of customers with a parent, which are followed on the driver. */
  static final int MOST_WITH_PARENT = 1_000_000;

  private static final String MEMBER = "customer_id of group";
  private static final StructType PLACES =
      new StructType()
          .add(MEMBER, DataTypes.StringType)
          .add("top", DataTypes.StringType)
          .add("level", DataTypes.IntegerType)
          .add("customers", DataTypes.LongType);

  /** The columns of {@code customer_value}. */
  public static List<ColumnContract> columns() {
    return TableDefinitions.part("group", Map.of());
  }

  /**
   * Follows the parents of all customers; starts jobs.
   *
   * @param customers one row per customer
   * @param by the column of the parent; one that names the customer itself counts as none
   * @param aliases ids that stand for another customer
   * @throws InputException if too many customers have a parent
   */
  public static GroupMembers of(Dataset<Row> customers, String by, Optional<Aliases> aliases) {
    Map<String, String> parents = parents(customers, by, aliases);
    ParentChains chains = ParentChains.of(parents);
    Set<String> wanted = new TreeSet<>(parents.values());
    Set<String> known = known(customers, wanted);
    wanted.removeAll(known);
    return new GroupMembers(places(chains, known, customers.sparkSession()), chains, wanted.size());
  }

  private static Map<String, String> parents(
      Dataset<Row> customers, String by, Optional<Aliases> aliases) {
    Column id = Columns.column(Columns.CUSTOMER_ID);
    Dataset<Row> links = customers.select(id.as("child"), Columns.column(by).as("named"));
    Dataset<Row> resolved = aliases.map(it -> ofOwners(links, it)).orElse(links);
    List<Row> some =
        resolved
            .filter("named IS NOT NULL AND named <> child")
            .limit(MOST_WITH_PARENT + 1)
            .collectAsList();
    if (some.size() > MOST_WITH_PARENT) {
      throw new InputException(
          "Column '%s' names a parent for more than %,d customers: expected at most that many. Leave out groups ('hierarchy: false') or parents who need none."
              .formatted(by, MOST_WITH_PARENT));
    }
    Map<String, String> parents = new HashMap<>();
    some.forEach(link -> parents.put(link.getString(0), link.getString(1)));
    return parents;
  }

  /** Customers whose aliases were replaced may come here, so that the columns get other names. */
  private static Dataset<Row> ofOwners(Dataset<Row> links, Aliases aliases) {
    Dataset<Row> others =
        aliases
            .links()
            .select(
                Columns.column(Aliases.ALIAS).as("other"),
                Columns.column(Aliases.TARGET).as("owner"));
    Column named = Columns.column("named");
    return links
        .join(others, named.equalTo(Columns.column("other")), "left")
        .select(Columns.column("child"), coalesce(Columns.column("owner"), named).as("named"));
  }

  /** Those among some ids who are customers. */
  private static Set<String> known(Dataset<Row> customers, Set<String> ids) {
    Dataset<String> wanted =
        customers.sparkSession().createDataset(List.copyOf(ids), Encoders.STRING());
    // At most as many as have a parent.
    return new HashSet<>(
        customers
            .join(
                broadcast(wanted.toDF("wanted")),
                Columns.column(Columns.CUSTOMER_ID).equalTo(Columns.column("wanted")),
                "left_semi")
            .select(Columns.CUSTOMER_ID)
            .as(Encoders.STRING())
            .collectAsList());
  }

  private static Dataset<Row> places(ParentChains chains, Set<String> known, SparkSession spark) {
    Map<String, Place> all = new LinkedHashMap<>(chains.places());
    for (Place place : chains.places().values()) {
      if (known.contains(place.top())) {
        all.putIfAbsent(place.top(), new Place(place.top(), 1));
      }
    }
    Map<String, Long> sizes = new HashMap<>();
    all.values().forEach(place -> sizes.merge(place.top(), 1L, Long::sum));
    for (Place place : chains.places().values()) {
      all.putIfAbsent(place.top(), new Place(place.top(), 1));
    }
    List<Row> rows = new ArrayList<>();
    all.forEach(
        (customer, place) ->
            rows.add(
                RowFactory.create(
                    customer, place.top(), place.level(), sizes.getOrDefault(place.top(), 1L))));
    return spark.createDataFrame(rows, PLACES);
  }

  /** Whether a customer with the {@link #columns} is a group of its own. */
  static Column isAlone() {
    return Columns.column(GROUP)
        .equalTo(Columns.column(Columns.CUSTOMER_ID))
        .and(Columns.column(CUSTOMERS).equalTo(1));
  }

  /** The topmost customer, {@link Aliases#TARGET}, of each other member, {@link Aliases#ALIAS}. */
  public Dataset<Row> topmost() {
    return places
        .filter(Columns.column(MEMBER).notEqual(Columns.column("top")))
        .select(Columns.column(MEMBER).as(Aliases.ALIAS), Columns.column("top").as(Aliases.TARGET));
  }

  /** A remark that groups count as one customer each. */
  public BilingualText remark() {
    Set<String> tops = new HashSet<>();
    long below = 0;
    for (Map.Entry<String, Place> place : chains.places().entrySet()) {
      tops.add(place.getValue().top());
      below += place.getKey().equals(place.getValue().top()) ? 0 : 1;
    }
    return Translations.text("groups.are_customers", below, tops.size());
  }

  /** Adds the {@link #columns} to customers. */
  public Dataset<Row> added(Dataset<Row> customers) {
    Dataset<Row> joined =
        customers.join(
            broadcast(places),
            Columns.column(Columns.CUSTOMER_ID).equalTo(Columns.column(MEMBER)),
            "left");
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(GROUP, coalesce(Columns.column("top"), Columns.column(Columns.CUSTOMER_ID)));
    columns.put(LEVEL, coalesce(Columns.column("level"), lit(1)));
    columns.put(CUSTOMERS, coalesce(Columns.column("customers"), lit(1L)));
    return Columns.with(joined, columns).drop(MEMBER, "top", "level", "customers");
  }
}
