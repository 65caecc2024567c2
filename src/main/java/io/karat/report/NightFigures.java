package io.karat.report;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.movement.ComparisonPeriod;
import io.karat.movement.MovementResult;
import io.karat.movement.MovementTables;
import io.karat.run.Json;
import io.karat.scores.LevelContracts;
import io.karat.tables.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Key figures of a night: the number of customers, their levels, and the moves since the night
 * before.
 *
 * @param levels all classes and tiers, the best of each model first
 * @param since empty if there is no night before to compare with
 */
public record NightFigures(long customers, List<Level> levels, Optional<Since> since) {
  static final String NAME = "figures";

  private static final int NIGHT_BEFORE = ComparisonPeriod.PREVIOUS_NIGHT.days();

  /**
   * Class or tier with its customers.
   *
   * @param model the column of customer_value
   * @param risen the number of its customers who came from a lower level
   * @param fallen the number of its customers who came from a higher level
   */
  public record Level(String model, String level, long customers, long risen, long fallen) {}

  /**
   * Numbers of new and lost customers since an earlier night.
   *
   * @param night the earlier night
   */
  public record Since(LocalDate night, long newCustomers, long leftCustomers) {}

  /** State of a model. */
  private record Place(String model, String state) {
    static Place of(Row row, TableContract table, String state) {
      StructType columns = table.schema();
      return new Place(
          row.getString(columns.fieldIndex("model")), row.getString(columns.fieldIndex(state)));
    }

    static Place tier(Row row) {
      return of(row, LevelContracts.TIERS, "tier");
    }
  }

  /** Number of customers who moved from one state to another, or stayed. */
  private record Way(Place from, Place to, long customers) {
    static Way of(Row row) {
      return new Way(
          Place.of(row, MovementTables.TRANSITIONS, "from_state"),
          Place.of(row, MovementTables.TRANSITIONS, "to_state"),
          number(row, MovementTables.TRANSITIONS, "customer_count"));
    }
  }

  public NightFigures {
    levels = List.copyOf(levels);
  }

  /**
   * Computes the figures of a night.
   *
   * @param tiers the rows of {@code tiers}
   */
  public static NightFigures of(long customers, List<Row> tiers, MovementResult moved) {
    List<Way> ways =
        moved.transitions().stream()
            .filter(row -> number(row, MovementTables.TRANSITIONS, "period_days") == NIGHT_BEFORE)
            .map(Way::of)
            .toList();
    return new NightFigures(
        customers,
        levels(tiers, ways),
        Optional.ofNullable(moved.since().get(NIGHT_BEFORE)).map(night -> since(night, ways)));
  }

  private static List<Level> levels(List<Row> tiers, List<Way> ways) {
    Map<Place, Long> positions = tiers.stream().collect(toMap(Place::tier, NightFigures::position));
    return tiers.stream().map(row -> level(row, positions, ways)).toList();
  }

  private static Level level(Row row, Map<Place, Long> positions, List<Way> ways) {
    Place place = Place.tier(row);
    long position = position(row);
    List<Way> arrived = ways.stream().filter(way -> way.to().equals(place)).toList();
    return new Level(
        place.model(),
        place.state(),
        number(row, LevelContracts.TIERS, "customer_count"),
        count(arrived, way -> positions.getOrDefault(way.from(), position) > position),
        count(arrived, way -> positions.getOrDefault(way.from(), position) < position));
  }

  private static long position(Row row) {
    return number(row, LevelContracts.TIERS, "position");
  }

  private static long number(Row row, TableContract table, String column) {
    return row.<Number>getAs(table.schema().fieldIndex(column)).longValue();
  }

  private static long count(List<Way> ways, Predicate<Way> counted) {
    return ways.stream().filter(counted).mapToLong(Way::customers).sum();
  }

  /** Counts by one model only, as every model counts all customers. */
  private static Since since(LocalDate night, List<Way> ways) {
    List<Way> one =
        ways.stream().filter(way -> way.to().model().equals(ways.get(0).to().model())).toList();
    return new Since(
        night,
        count(one, way -> way.from().state().equals(MovementTables.NEVER_SEEN)),
        count(one, way -> way.to().state().equals(MovementTables.LEFT)));
  }

  /**
   * Reads the figures of a {@code run_report.json}; empty if an earlier version wrote it without
   * them.
   */
  public static Optional<NightFigures> ofReport(String report) {
    try {
      JsonNode figures = Json.TREES.readTree(report).path(NAME);
      return figures.isObject() ? Optional.of(read(figures)) : Optional.empty();
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("The report of a release is not JSON", broken);
    }
  }

  private static NightFigures read(JsonNode figures) {
    List<Level> levels = new ArrayList<>();
    for (JsonNode level : figures.path("levels")) {
      levels.add(
          new Level(
              level.path("model").asText(),
              level.path("level").asText(),
              level.path("customers").asLong(),
              level.path("risen").asLong(),
              level.path("fallen").asLong()));
    }
    JsonNode since = figures.path("since");
    return new NightFigures(
        figures.path("customers").asLong(),
        levels,
        since.isObject()
            ? Optional.of(
                new Since(
                    LocalDate.parse(since.path("night").asText()),
                    since.path("new_customers").asLong(),
                    since.path("left_customers").asLong()))
            : Optional.empty());
  }

  ObjectNode json() {
    ObjectNode figures = Json.TREES.createObjectNode();
    figures.put("customers", customers);
    for (Level level : levels) {
      figures
          .withArray("levels")
          .addObject()
          .put("model", level.model())
          .put("level", level.level())
          .put("customers", level.customers())
          .put("risen", level.risen())
          .put("fallen", level.fallen());
    }
    since.ifPresent(
        it ->
            figures
                .putObject("since")
                .put("night", it.night().toString())
                .put("new_customers", it.newCustomers())
                .put("left_customers", it.leftCustomers()));
    return figures;
  }
}
