package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.indicators.IndicatorColumn;
import io.karat.settings.Scorecard.Perspective;
import io.karat.tables.Columns;
import io.karat.tables.ContentHash;
import io.karat.tables.TableContract;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Invariants of the default models, whatever the customers are. */
@ExtendWith(LocalSpark.class)
class DefaultModelsTest {
  private static final ScorePlan PLAN = Plans.of(Plans.EVERYTHING, "clustering=false");

  private final SparkSession spark;

  DefaultModelsTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void theTablesAreTheSameForAnyLayoutAndPointsAddUpToScores() {
    List<Row> rows = customers(300);
    Dataset<Row> customers = frame(rows).coalesce(1).cache();
    ScoreTables tables = tables(customers);

    assertPointsAddUp(tables);
    Map<String, ContentHash> hashes = hashes(tables);
    Map<TableContract, List<Row>> levels = tables.levels(MarketSources.NONE).tables();
    List<Row> concentration = concentration(tables);
    assertEquals(300, tables.scored().count());
    List<Row> turned = new ArrayList<>(rows);
    Collections.shuffle(turned, new Random(3));
    ScoreTables others = tables(frame(turned).repartition(7));
    assertEquals(hashes, hashes(others));
    assertEquals(levels, others.levels(MarketSources.NONE).tables());
    assertEquals(concentration, concentration(others));
  }

  @Test
  void aSingleCustomerOfWhomNothingIsKnownIsScored() {
    List<Object> cells = new ArrayList<>();
    cells.add("only");
    PLAN.columns().forEach(column -> cells.add(null));
    PLAN.characteristics().forEach(market -> cells.add(null));

    assertPointsAddUp(tables(frame(List.of(RowFactory.create(cells.toArray())))));
  }

  @Test
  void noCustomersAtAllHaveTablesWithoutRows() {
    ScoreTables tables = tables(frame(List.of()));

    assertEquals(0, tables.customerValue(Optional.empty()).count());
    assertEquals(0, tables.contributions(List.of()).count());
  }

  private static void assertPointsAddUp(ScoreTables tables) {
    assertPointsAreThoseOfTheTable(tables);
    Dataset<Row> sums =
        ScoredCustomers.contributions(tables)
            .groupBy("customer_id")
            .pivot("model", scores().keySet().stream().map(it -> (Object) it).toList())
            .agg(sum("points"));
    Dataset<Row> both = tables.customerValue(Optional.empty()).join(sums, "customer_id");
    Column isWrong = lit(false);
    for (Map.Entry<String, String> score : scores().entrySet()) {
      Column published = Columns.column(score.getValue());
      isWrong =
          isWrong.or(
              coalesce(published, lit(0))
                  .notEqual(coalesce(Columns.column(score.getKey()), lit(0))));
    }
    assertEquals(0, both.filter(isWrong).count());
    assertEquals(both.count(), tables.scored().count());
  }

  /** The columns of value_contributions that begin with a model add up to its score, too. */
  private static void assertPointsAreThoseOfTheTable(ScoreTables tables) {
    Dataset<Row> points = tables.contributions(List.of());
    Column isWrong = lit(false);
    for (Map.Entry<String, String> score : scores().entrySet()) {
      Column sum = lit(0);
      for (String column : points.columns()) {
        if (column.startsWith(score.getKey() + "__")) {
          sum = sum.plus(coalesce(Columns.column(column), lit(0)));
        }
      }
      isWrong = isWrong.or(coalesce(Columns.column(score.getValue()), lit(0)).notEqual(sum));
    }
    Dataset<Row> both =
        tables.customerValue(Optional.empty()).join(points, Columns.CUSTOMER_ID).filter(isWrong);
    assertEquals(0, both.count());
    assertEquals(points.count(), tables.scored().count());
  }

  /** The column of customer_value by the model of value_contributions. */
  private static Map<String, String> scores() {
    Map<String, String> scores = new LinkedHashMap<>();
    for (Perspective perspective : Perspective.values()) {
      scores.put(ScoreColumns.model(perspective), ScoreColumns.score(perspective));
    }
    for (String model :
        List.of(
            "profit",
            "margin",
            "potential",
            "current_value",
            "potential_value",
            "scorecard",
            "rfm")) {
      scores.put(model, model + "_score");
    }
    return scores;
  }

  private static List<Row> concentration(ScoreTables tables) {
    return tables.concentration(tables.ranked().of(tables.scored()));
  }

  private static Map<String, ContentHash> hashes(ScoreTables tables) {
    Map<String, ContentHash> all = new LinkedHashMap<>();
    all.put("customer_value", ContentHash.of(tables.customerValue(Optional.empty())));
    all.put("value_contributions", ContentHash.of(tables.contributions(List.of())));
    all.put("market_coverage", ContentHash.of(tables.levels(MarketSources.NONE).coverage()));
    return all;
  }

  private static ScoreTables tables(Dataset<Row> customers) {
    CutModel cuts = CutFitting.fit(PLAN, customers, ScoredCustomers.NIGHT, List.of());
    return new ScoreTables(PLAN, cuts, new Scores(PLAN, cuts).scored(customers).cache());
  }

  private Dataset<Row> frame(List<Row> rows) {
    StructType schema = new StructType().add("customer_id", DataTypes.StringType);
    for (IndicatorColumn column : PLAN.columns()) {
      schema = schema.add(column.name(), type(column));
    }
    for (String market : PLAN.characteristics()) {
      schema = schema.add(market, DataTypes.StringType);
    }
    return spark.createDataFrame(rows, schema);
  }

  /** Few different values, so that there are many ties; some unknown, some negative. */
  private static List<Row> customers(int count) {
    Random chance = new Random(7);
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              List<Object> cells = new ArrayList<>();
              cells.add("c" + number);
              PLAN.columns()
                  .forEach(
                      column -> cells.add(chance.nextInt(5) == 0 ? null : value(column, chance)));
              PLAN.characteristics()
                  .forEach(market -> cells.add(chance.nextInt(4) == 0 ? null : "m" + number % 3));
              return RowFactory.create(cells.toArray());
            })
        .toList();
  }

  private static Object value(IndicatorColumn column, Random chance) {
    int number = chance.nextInt(20) * chance.nextInt(20) - 20;
    DataType type = type(column);
    if (type.equals(DataTypes.LongType)) {
      return (long) Math.abs(number);
    }
    if (type.equals(DataTypes.IntegerType)) {
      return Math.abs(number);
    }
    if (type.equals(DataTypes.DateType)) {
      return Date.valueOf(LocalDate.of(2026, 1, 1).minusDays(Math.abs(number)));
    }
    return type.equals(DataTypes.StringType)
        ? "m" + Math.abs(number) % 3
        : BigDecimal.valueOf(number).setScale(2);
  }

  private static DataType type(IndicatorColumn column) {
    return switch (column.indicator().unit()) {
      case MONEY -> DataTypes.createDecimalType(18, 2);
      case COUNT -> DataTypes.LongType;
      case DAYS -> DataTypes.IntegerType;
      case SHARE, NUMBER -> DataTypes.createDecimalType(18, 6);
      case DATE -> DataTypes.DateType;
      case TEXT, FLAG -> DataTypes.StringType;
    };
  }
}
