package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.expressions.RowExpression;
import io.karat.scores.CutDefinition.ReachedTarget;
import io.karat.settings.CutPolicy;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.RankedPopulation;
import io.karat.settings.ScreeningSettings;
import io.karat.settings.ScreeningSettings.Criterion;
import io.karat.settings.WeightedIndicator.Target;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/**
 * A screening of customers: whether each criterion is met, the result, and the funnel of the
 * criteria one after another. A one-off big ticket is never a key customer.
 *
 * @param hasOneOff whether one-off big tickets are flagged
 * @param hasSales whether net sales are known
 */
record Screening(
    ScreeningSettings settings, FittedCuts fitted, boolean hasOneOff, boolean hasSales) {
  private static final String SALES = ScorePlan.SALES;

  /** The definition of a bound that a share of buyers reaches; empty for a number. */
  static Optional<CutDefinition> bound(ScreeningSettings settings, Criterion criterion) {
    return criterion.bound() instanceof Target.Reached reached
        ? Optional.of(
            new ReachedTarget(
                "screening.%s.%s".formatted(settings.name(), criterion.name()),
                criterion.by(),
                criterion.isLeast() ? Better.HIGHER : Better.LOWER,
                reached.topShare(),
                RankedPopulation.BUYERS,
                CutPolicy.FROZEN))
        : Optional.empty();
  }

  /** Adds a column for each criterion, null where it is unknown, and the result. */
  Dataset<Row> added(Dataset<Row> customers) {
    Map<String, Column> met = new LinkedHashMap<>();
    for (Criterion criterion : settings.criteria()) {
      met.put(settings.column(criterion), when(isScreened(), isMet(criterion)));
    }
    return Columns.with(Columns.with(customers, met), Map.of(settings.name(), result()));
  }

  /** The screening of a customer, whose row also has {@link #screened}. */
  CustomerScreening of(Row row, ScorePlan plan) {
    return new CustomerScreening(
        settings.name(),
        plan.name(row.getAs(settings.name())),
        row.getAs(screened()),
        settings.criteria().stream()
            .map(
                it ->
                    new CustomerScreening.Criterion(
                        it.name(),
                        it.by(),
                        Optional.<Object>ofNullable(row.getAs(it.by()))
                            .map(value -> new BigDecimal(value.toString())),
                        it.isLeast(),
                        value(it),
                        Optional.ofNullable(row.getAs(settings.column(it)))))
            .toList());
  }

  /** The column that tells who is screened, which is not published. */
  String screened() {
    return settings.name() + " screened";
  }

  /** Whether a customer is screened; never null. */
  Column isScreened() {
    return settings
        .among()
        .map(among -> coalesce(RowExpression.parse(among.sql()).column(), lit(false)))
        .orElse(lit(true));
  }

  private Column isMet(Criterion criterion) {
    Column value = Columns.column(criterion.by());
    Column isMet =
        value(criterion)
            .map(bound -> criterion.isLeast() ? value.geq(lit(bound)) : value.leq(lit(bound)))
            .orElse(lit(null).cast(DataTypes.BooleanType));
    return switch (settings.unknown()) {
      case OPEN -> isMet;
      case FAILS -> coalesce(isMet, lit(false));
      case PASSES -> coalesce(isMet, lit(true));
    };
  }

  private Optional<BigDecimal> value(Criterion criterion) {
    return criterion.bound() instanceof Target.Fixed number
        ? Optional.of(number.value())
        : fitted.of(bound(settings, criterion)).one(ReachedTarget.TARGET);
  }

  private Column result() {
    Column failed = lit(0);
    Column open = lit(0);
    for (Criterion criterion : settings.criteria()) {
      Column met = Columns.column(settings.column(criterion));
      failed = failed.plus(when(met.equalTo(false), lit(1)).otherwise(0));
      open = open.plus(when(met.isNull(), lit(1)).otherwise(0));
    }
    Column isOneOff = hasOneOff ? Columns.column(ScoreColumns.IS_ONE_OFF) : lit(false);
    return when(not(isScreened()).or(isOneOff), lit(ScreeningSettings.NO))
        .when(failed.equalTo(0).and(open.equalTo(0)), lit(ScreeningSettings.KEY))
        .when(failed.equalTo(0), lit(ScreeningSettings.OPEN))
        .when(failed.equalTo(1).and(open.equalTo(0)), lit(ScreeningSettings.CANDIDATE))
        .otherwise(lit(ScreeningSettings.NO));
  }

  /** The rows of {@code screening_funnel}, one per criterion in order; starts a job. */
  List<Row> funnel(Dataset<Row> customers) {
    List<Column> sums = new ArrayList<>();
    Column left = isScreened();
    for (Criterion criterion : settings.criteria()) {
      Column met = Columns.column(settings.column(criterion));
      Column othersMet = isScreened();
      for (Criterion other : settings.criteria()) {
        othersMet =
            other.equals(criterion)
                ? othersMet
                : othersMet.and(Columns.column(settings.column(other)));
      }
      Column failsAlone = met.equalTo(false).and(othersMet);
      left = left.and(met);
      sums.add(count_if(met));
      sums.add(count_if(met.equalTo(false)));
      sums.add(count_if(isScreened().and(met.isNull())));
      sums.add(count_if(failsAlone));
      sums.add(sales(failsAlone));
      sums.add(count_if(left));
      sums.add(sales(left));
    }
    Row counted = customers.agg(count_if(isScreened()), sums.toArray(Column[]::new)).first();
    List<Row> rows = new ArrayList<>();
    int next = 1;
    for (int i = 0; i < settings.criteria().size(); i++) {
      Criterion criterion = settings.criteria().get(i);
      List<Object> values = new ArrayList<>(List.of(settings.name(), i + 1, criterion.name()));
      values.add(criterion.by());
      values.add(criterion.isLeast() ? "min" : "max");
      values.add(LevelContracts.number(value(criterion)).orElse(null));
      values.add(counted.getLong(0));
      for (int column = 0; column < 7; column++) {
        values.add(counted.get(next++));
      }
      rows.add(RowFactory.create(values.toArray()));
    }
    return rows;
  }

  /** Net sales of some customers. */
  private Column sales(Column isCounted) {
    Column amount = hasSales ? Columns.column(SALES) : lit(null);
    return sum(when(isCounted, amount.cast("decimal(28,6)")).otherwise(lit(0)))
        .cast(DecimalTypes.NUMBER);
  }
}
