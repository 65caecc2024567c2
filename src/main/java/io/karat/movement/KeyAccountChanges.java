package io.karat.movement;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.input.Aliases;
import io.karat.scores.LevelFigure;
import io.karat.scores.State;
import io.karat.settings.BilingualText;
import io.karat.tables.Columns;
import io.karat.tables.CustomerDecimals;
import io.karat.tables.Money;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows of {@code key_account_changes}: customers who are in the best class, tier or quadrant of a
 * model now and were not on an earlier night, or the other way round. A customer who has become an
 * alias of another is neither gained nor lost.
 *
 * @param keyed the states whose first code is that of key accounts
 * @param names the names of all their codes
 */
record KeyAccountChanges(
    List<State> keyed, Map<String, BilingualText> names, TransitionCounting counting, Money money) {
  private static final String MODEL = "model";
  private static final String CHANGE = "change";
  private static final String FROM = "from_state";
  private static final String TO = "to_state";

  KeyAccountChanges {
    keyed = List.copyOf(keyed);
    names = Map.copyOf(names);
  }

  /** The rows; starts no job. */
  Dataset<Row> rows(Dataset<Row> tonight, Optional<Aliases> aliases, List<ComparedNight> nights) {
    Dataset<Row> compared = counting.compared(tonight, aliases, nights);
    Dataset<Row> present =
        Arrays.asList(compared.columns()).contains(EarlierAmounts.OWNER)
            ? compared.filter(col(EarlierAmounts.OWNER).isNull())
            : compared;
    Column[] moves = keyed.stream().map(state -> move(state, nights)).toArray(Column[]::new);
    Column before = TransitionCounting.salesThen();
    Column now = counting.salesNow();
    Column profit = TransitionCounting.figure(LevelFigure.PROFIT);
    Column serviceCost = TransitionCounting.figure(LevelFigure.SERVICE_COST);
    return present
        .select(
            col(Columns.CUSTOMER_ID),
            col(TransitionCounting.PERIOD),
            ofNight(nights, night -> lit(Date.valueOf(night.from()))).as("from_date"),
            before.as("net_sales_amount_365d_before"),
            now.as("net_sales_amount_365d_now"),
            now.minus(before).as("net_sales_amount_365d_change"),
            counting.boughtSince().as("net_sales_amount_between"),
            profit.as("profit"),
            serviceCost.as("service_cost"),
            profit.minus(serviceCost).as("contribution"),
            counting.crossings().as("crossings"),
            inline(array(moves)))
        .filter(col(CHANGE).isNotNull())
        .select(columns());
  }

  private Column[] columns() {
    List<Column> columns = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID), col(MODEL)));
    columns.add(col(TransitionCounting.PERIOD));
    columns.add(col("from_date"));
    columns.add(col(CHANGE));
    for (String state : List.of(FROM, TO)) {
      columns.add(col(state));
      columns.add(named(state, true).as(state + "_name"));
      columns.add(named(state, false).as(state + "_name_zh"));
    }
    List.of(
            "net_sales_amount_365d_before",
            "net_sales_amount_365d_now",
            "net_sales_amount_365d_change",
            "net_sales_amount_between",
            "profit",
            "service_cost",
            "contribution")
        .forEach(name -> columns.add(amount(name).as(name)));
    columns.add(col("crossings"));
    return columns.toArray(Column[]::new);
  }

  /** The move of a customer in a model; its change is null if it is none of a key account. */
  private static Column move(State state, List<ComparedNight> nights) {
    Column from = TransitionCounting.from(state.column());
    Column to = TransitionCounting.to(state.column());
    Column wasKey = from.equalTo(state.codes().get(0));
    Column isKey = to.equalTo(state.codes().get(0));
    Column isKnown = ofNight(nights, night -> lit(night.knows(state.column())));
    Column change =
        when(isKnown.and(isKey).and(wasKey.equalTo(false)), lit("GAINED"))
            .when(isKnown.and(wasKey).and(isKey.equalTo(false)), lit("LOST"));
    return struct(lit(state.column()).as(MODEL), change.as(CHANGE), from.as(FROM), to.as(TO));
  }

  private static Column ofNight(List<ComparedNight> nights, Function<ComparedNight, Column> value) {
    Column ofNight = lit(null);
    for (ComparedNight night : nights) {
      Column isIt = col(TransitionCounting.PERIOD).equalTo(night.periodDays());
      ofNight = when(isIt, value.apply(night)).otherwise(ofNight);
    }
    return ofNight;
  }

  private Column named(String state, boolean isEnglish) {
    Column name = lit(null).cast(DataTypes.StringType);
    for (Map.Entry<String, BilingualText> it : names.entrySet()) {
      String text = isEnglish ? it.getValue().en() : it.getValue().zh();
      name = when(col(state).equalTo(it.getKey()), lit(text)).otherwise(name);
    }
    return name;
  }

  /** An amount in the type of money; one with more digits ends the night. */
  private Column amount(String name) {
    return CustomerDecimals.of(col(name), money.sumType(), money.amountType(), name);
  }
}
