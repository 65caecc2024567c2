package io.karat.scores;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.measures.ChannelSales;
import io.karat.settings.BilingualText;
import io.karat.settings.BuyerTypes;
import io.karat.settings.ChurnSettings;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.InputTable;
import io.karat.settings.ModelColumns;
import io.karat.settings.Models;
import io.karat.settings.OneOffSettings;
import io.karat.settings.RankedPopulation;
import io.karat.settings.ScreeningSettings;
import io.karat.settings.Settings;
import io.karat.settings.Translations;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The models that a night applies, and the indicators that they use.
 *
 * <p>A default model, or a part of it, whose input is not mapped is left out, and the weights of
 * the remaining parts count as the whole; in a model that a business wrote itself this is a
 * problem.
 */
public final class ScorePlan {
  /** The net sales in every table of levels, whichever models there are. */
  public static final String SALES = "net_sales_amount_365d";

  /** The number of sales in the same window. */
  static final String SALES_COUNT = "transaction_count_365d";

  /** The net sales whose concentration is computed beside it. */
  public static final String LIFETIME_SALES = "net_sales_amount_lifetime";

  /** The interval at which a customer buys, known of repeat customers. */
  public static final String OWN_INTERVAL = UsualInterval.OWN;

  private final Models models;
  private final Map<String, MissingReason> switchedOff;
  private final Map<String, IndicatorColumn> indicators;
  private final List<String> characteristics;
  private final boolean hasMarkets;
  private final Money money;

  private ScorePlan(
      Models models,
      Map<String, MissingReason> switchedOff,
      Map<String, IndicatorColumn> indicators,
      List<String> characteristics,
      boolean hasMarkets,
      Money money) {
    this.models = models;
    this.characteristics = List.copyOf(characteristics);
    this.hasMarkets = hasMarkets;
    this.money = money;
    this.switchedOff = Collections.unmodifiableMap(new LinkedHashMap<>(switchedOff));
    this.indicators = Collections.unmodifiableMap(new LinkedHashMap<>(indicators));
  }

  /** Plans the models of a configuration and reports what is wrong with them. */
  public static ScorePlan of(Settings settings, IndicatorPlan indicators, Problems problems) {
    IndicatorUse use = new IndicatorUse(settings, indicators, problems);
    ModelValidation usable = new ModelValidation(settings.models(), use);
    Models models = usable.models();
    new ModelColumns(settings.models())
        .checkAgainst(column -> indicators.column(column).isPresent(), problems);
    Map<String, MissingReason> off = new LinkedHashMap<>(usable.off());
    return new ScorePlan(
        models,
        off,
        used(
            models,
            name ->
                indicators
                    .column(name)
                    .filter(it -> !indicators.switchedOff().containsKey(it.indicator().name()))),
        CoveredCharacteristics.of(settings, indicators),
        settings.inputs().has(InputTable.MARKETS),
        new Money(settings.moneyScale(), settings.currency()));
  }

  /** The same plan, with a further part that is left out, and the reason. */
  public ScorePlan without(String part, BilingualText reason) {
    Map<String, MissingReason> off = new LinkedHashMap<>(switchedOff);
    off.put(part, MissingReason.of(reason));
    return new ScorePlan(models, off, indicators, characteristics, hasMarkets, money);
  }

  /** The same plan with other settings of churn. */
  public ScorePlan with(ChurnSettings churn) {
    return new ScorePlan(
        models.with(churn), switchedOff, indicators, characteristics, hasMarkets, money);
  }

  /**
   * Indicators with the sales that every table of levels adds up, unknown for everybody where
   * transactions are not mapped.
   */
  public Dataset<Row> withSales(Dataset<Row> indicators) {
    Set<String> there = Set.of(indicators.columns());
    Dataset<Row> all = indicators;
    if (!there.contains(SALES)) {
      List<Column> columns = new ArrayList<>(List.of(col("*")));
      Column amount = lit(null).cast(money.amountType());
      columns.addAll(List.of(amount.as(SALES), amount.as(LIFETIME_SALES)));
      columns.add(lit(null).cast("bigint").as(SALES_COUNT));
      columns.add(lit(null).cast("bigint").as(RankedPopulation.BOUGHT));
      all = indicators.select(columns.toArray(Column[]::new));
    }
    return all;
  }

  /** The columns of customers that models and the tables about them look at. */
  public Set<String> looked() {
    Set<String> looked = new LinkedHashSet<>(List.of(Columns.CUSTOMER_ID));
    columns().forEach(column -> looked.add(column.name()));
    looked.addAll(characteristics);
    looked.addAll(List.of(SALES, LIFETIME_SALES, SALES_COUNT, RankedPopulation.BOUGHT));
    return looked;
  }

  /** The figures that tables of levels add up: those that are among the indicators. */
  public Set<LevelFigure> figures() {
    return LevelFigure.among(indicators.keySet());
  }

  /** Whether sales are among the indicators. */
  public boolean hasSales() {
    return indicators.containsKey(SALES);
  }

  /** The built-in models, with every input mapped. */
  public static ScorePlan builtIn() {
    Models models = Models.builtIn();
    Collection<IndicatorSettings> indicators = IndicatorPlan.builtIn().indicators().values();
    Function<String, Optional<IndicatorColumn>> column =
        name ->
            indicators.stream()
                .flatMap(indicator -> IndicatorColumn.named(name, indicator).stream())
                .findFirst();
    return new ScorePlan(models, Map.of(), used(models, column), List.of(), true, new Money(2));
  }

  /** Whether every model is off. */
  boolean hasNoModels() {
    return models.classifications().isEmpty()
        && models.bigTicket().isEmpty()
        && models.pyramids().isEmpty()
        && models.scorecard().isEmpty()
        && models.rfm().isEmpty()
        && models.labels().isEmpty()
        && models.screenings().isEmpty()
        && models.buyerTypes().isEmpty()
        && models.churn().isEmpty();
  }

  /** Whether a model needs {@link UsualInterval}. */
  boolean hasUsualInterval() {
    return indicators.containsKey(UsualInterval.OWN);
  }

  /** Whether it is known what contacts cost since the last sale. */
  boolean hasServiceSinceSale() {
    return indicators.containsKey(OneOffSettings.SERVICE_COST);
  }

  /** The models that are applied. */
  public Models models() {
    return models;
  }

  /**
   * The default models and parts of them that are left out, such as {@code pyramids.potential},
   * {@code pyramids.profit.weights.gross_margin_365d} or {@code labels.loyalty rule ADVOCATE}, with
   * the reason.
   */
  public Map<String, MissingReason> switchedOff() {
    return switchedOff;
  }

  /** The columns of the tables of levels and of the models, model by model. */
  public List<IndicatorColumn> columns() {
    return List.copyOf(indicators.values());
  }

  /** The names of the {@link #columns}. */
  public List<String> indicators() {
    return List.copyOf(indicators.keySet());
  }

  /** One of the {@link #indicators}; any other name is an error. */
  public IndicatorColumn indicator(String column) {
    return Optional.ofNullable(indicators.get(column))
        .orElseThrow(() -> new IllegalArgumentException("No model uses '%s'".formatted(column)));
  }

  /**
   * The name of a class, tier, quadrant, segment, label or resource; in words if none is
   * configured.
   */
  public BilingualText name(String code) {
    return Optional.ofNullable(models.names().get(code))
        .or(
            () ->
                Optional.ofNullable(ScreeningSettings.NAMES.get(code))
                    .filter(name -> !models.screenings().isEmpty()))
        .or(
            () ->
                Optional.of(BuyerTypes.UNDECIDED_NAME)
                    .filter(name -> code.equals(BuyerTypes.UNDECIDED)))
        .orElseGet(() -> BilingualText.inWords(code.toLowerCase(Locale.ROOT)));
  }

  /** The name of a model, by its column; the column in words if none is configured. */
  public BilingualText model(String column) {
    return Optional.ofNullable(models.names().get(column))
        .orElseGet(() -> Translations.named("model", isOfSales(column) ? "sales_tier" : column));
  }

  /** Whether a pyramid of profit has only net sales to go on, as no costs are mapped. */
  private boolean isOfSales(String column) {
    return column.equals("profit_tier")
        && models.pyramids().stream()
            .filter(pyramid -> pyramid.name().equals("profit"))
            .flatMap(pyramid -> pyramid.weights().stream())
            .allMatch(weight -> weight.indicator().startsWith("net_sales_amount"));
  }

  /**
   * The columns of {@code customer_indicators} by which {@code market_coverage} counts customers:
   * declared categories and flags, the kind of customer, the main channel.
   */
  public List<String> characteristics() {
    return characteristics;
  }

  /** Whether {@code market_coverage} has channels: not beside a characteristic of that name. */
  boolean hasChannels() {
    return characteristics.stream()
            .anyMatch(it -> it.startsWith(CoveredCharacteristics.MAIN_CHANNEL))
        && !characteristics.contains(ChannelSales.CHANNEL);
  }

  /** The {@link #characteristics}, and the channel if {@code market_coverage} has it. */
  public List<String> covered() {
    List<String> covered = new ArrayList<>(characteristics);
    if (hasChannels()) {
      covered.add(ChannelSales.CHANNEL);
    }
    return covered;
  }

  /** Whether sizes of markets are mapped. */
  public boolean hasMarkets() {
    return hasMarkets;
  }

  public Money money() {
    return money;
  }

  private static Map<String, IndicatorColumn> used(
      Models models, Function<String, Optional<IndicatorColumn>> column) {
    Set<String> names = new LinkedHashSet<>(List.of(SALES, SALES_COUNT, LIFETIME_SALES));
    Stream.of(LevelFigure.values()).map(LevelFigure::indicator).forEach(names::add);
    names.addAll(UsedNames.of(models));
    Map<String, IndicatorColumn> used = new LinkedHashMap<>();
    for (String name : names) {
      column.apply(name).ifPresent(found -> used.put(name, found));
    }
    return used;
  }
}
