package io.karat.report;

import static java.util.stream.Collectors.joining;

import io.karat.indicators.IndicatorColumn;
import io.karat.movement.ComparisonPeriod;
import io.karat.report.Section.Layer;
import io.karat.report.Section.View;
import io.karat.settings.MissingValue;
import io.karat.settings.Pyramid;
import io.karat.settings.WeightedIndicator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Section with classes and tiers as pyramids: the customers of each layer, and the moves between
 * layers.
 */
record PyramidSection(ReportData brief) {
  private static final String SALES = "net_sales_amount_365d";
  private static final String FROM = "from ";
  private static final String SCORE = "_score";
  private static final Pattern SHARE =
      Pattern.compile("top (value )?share ([0-9.]+)(?: of (\\w+))?");
  private static final int WEIGHT_DECIMALS = 3;
  private static final ComparisonPeriod NIGHT_BEFORE = ComparisonPeriod.PREVIOUS_NIGHT;

  Section section() {
    List<View> views = new ArrayList<>();
    new RankedLevels(brief).byModel().forEach((model, tiers) -> views.add(view(model, tiers)));
    List<String> lacks = new ArrayList<>();
    if (views.isEmpty()) {
      lacks.add(brief.say("pyramid.lacks"));
    } else if (brief.compared(NIGHT_BEFORE).isEmpty()) {
      lacks.add(brief.say("pyramid.lacks_moves"));
    }
    return new Section("pyramid", brief.say("pyramid.title"), about(), views, lacks);
  }

  private String about() {
    return brief
        .compared(NIGHT_BEFORE)
        .map(night -> brief.say("pyramid.about_moves", night))
        .orElseGet(() -> brief.say("pyramid.about"));
  }

  private View view(String model, List<TableRow> tiers) {
    StateMovements moves = StateMovements.of(brief, model, NIGHT_BEFORE);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < tiers.size(); i++) {
      layers.add(layer(tiers.get(i), i, tiers.size(), moves));
    }
    String says = says(tiers) + rankedBy(model, tiers);
    return View.of("pyramid-" + model, brief.model(model), says, RankedLevels.TABLE, "transitions")
        .withLayers(layers)
        .with(grid(tiers));
  }

  /** The weights of a pyramid, without those that count for nobody; the indicator of a class. */
  private String rankedBy(String model, List<TableRow> tiers) {
    return brief.scores().models().pyramids().stream()
        .filter(pyramid -> model.equals(pyramid.name() + "_tier"))
        .map(pyramid -> brief.say("pyramid.ranked_by", weights(pyramid)) + unknown(pyramid))
        .findFirst()
        .orElseGet(() -> classedBy(tiers));
  }

  /** The indicator of a class; empty if the table does not say it. */
  private String classedBy(List<TableRow> tiers) {
    return tiers
        .get(0)
        .text("by_column")
        .map(it -> brief.say("pyramid.ranked_by", brief.voice().within(brief.label(it))))
        .orElse("");
  }

  /** The indicators that are unknown of everybody, in words; empty if there are none. */
  private String unknown(Pyramid pyramid) {
    List<String> unknown =
        pyramid.weights().stream()
            .filter(it -> isLeftOut(pyramid, it))
            .map(it -> brief.voice().within(brief.label(it.indicator())))
            .toList();
    String known =
        unknown.isEmpty()
            ? ""
            : brief.say("pyramid.unknown", String.join(brief.say("comma"), unknown));
    return known + notMapped(pyramid);
  }

  /** The indicators that are not computed as inputs are not mapped; empty if there are none. */
  private String notMapped(Pyramid pyramid) {
    String weights = "pyramids." + pyramid.name() + ".weights.";
    List<String> missing =
        brief.scores().switchedOff().keySet().stream()
            .filter(part -> part.startsWith(weights))
            .map(part -> brief.voice().within(brief.label(part.substring(weights.length()))))
            .toList();
    return missing.isEmpty()
        ? ""
        : brief.say("pyramid.not_mapped", String.join(brief.say("comma"), missing));
  }

  /** Whether an indicator is unknown of everybody, so that others have its weight. */
  private boolean isLeftOut(Pyramid pyramid, WeightedIndicator weight) {
    IndicatorColumn column = brief.scores().indicator(weight.indicator());
    MissingValue missing = pyramid.missing().orElse(MissingValue.of(column.indicator().category()));
    return missing == MissingValue.SKIP && !brief.isKnown(weight.indicator());
  }

  /** The indicator of a pyramid that goes by no other; empty for those that go by several. */
  Optional<String> onlyIndicator(String model) {
    return brief.scores().models().pyramids().stream()
        .filter(pyramid -> model.equals(pyramid.name() + "_tier"))
        .map(this::known)
        .filter(weights -> weights.size() == 1)
        .map(weights -> weights.get(0).indicator())
        .findFirst();
  }

  private List<WeightedIndicator> known(Pyramid pyramid) {
    return pyramid.weights().stream().filter(it -> !isLeftOut(pyramid, it)).toList();
  }

  private String weights(Pyramid pyramid) {
    List<WeightedIndicator> known = known(pyramid);
    BigDecimal all =
        known.stream().map(WeightedIndicator::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (known.size() == 1) {
      return brief.voice().within(brief.label(known.get(0).indicator()));
    }
    return known.stream()
        .map(
            it ->
                brief.say(
                    "pyramid.weight",
                    brief.voice().within(brief.label(it.indicator())),
                    brief
                        .numbers()
                        .setPercent(
                            it.weight().divide(all, WEIGHT_DECIMALS, RoundingMode.HALF_UP))))
        .collect(joining(brief.say("pyramid.and")));
  }

  private String says(List<TableRow> tiers) {
    TableRow best =
        tiers.stream()
            .filter(it -> it.count("customer_count") > 0)
            .findFirst()
            .orElse(tiers.get(0));
    String name = best.name("tier_name", brief.voice().language());
    return best.number("net_sales_share")
        .map(
            share ->
                brief.say(
                    "pyramid.says",
                    name,
                    brief.voice().customers(best.count("customer_count")),
                    brief.numbers().percent(best.amount("customer_share")),
                    brief.numbers().percent(share)))
        .orElseGet(
            () ->
                brief.say(
                    "pyramid.says_count",
                    name,
                    brief.voice().customers(best.count("customer_count"))));
  }

  private Layer layer(TableRow tier, int position, int all, StateMovements moves) {
    List<String> words = new ArrayList<>();
    Optional<String> code = tier.text("tier");
    add(words, "pyramid.up", moves.upInto(position));
    add(words, "pyramid.down", moves.downFrom(position));
    add(words, "pyramid.new", moves.appeared(code));
    add(words, "pyramid.left", moves.left(code));
    String sales =
        tier.number("net_sales_share")
            .map(share -> brief.say("pyramid.sales", brief.numbers().percent(share)))
            .orElse("");
    return new Layer(
        corners(position, all),
        color(position, all),
        tier.name("tier_name", brief.voice().language()),
        brief.say(
            "pyramid.size",
            brief.voice().customers(tier.count("customer_count")),
            brief.numbers().percent(tier.amount("customer_share"))),
        sales,
        percent(tier.amount("customer_share")),
        percent(tier.amount("net_sales_share")),
        words);
  }

  /** The width of a bar: at least nothing and at most all. */
  private static String percent(BigDecimal share) {
    return share
        .max(BigDecimal.ZERO)
        .min(BigDecimal.ONE)
        .movePointRight(2)
        .setScale(1, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private void add(List<String> words, String key, long count) {
    if (count > 0) {
      words.add(brief.say(key, brief.numbers().count(count)));
    }
  }

  /** The corners of a slice of a triangle, as wide above as the slice before it is below. */
  private static String corners(int position, int all) {
    double top = 50.0 * position / all;
    double bottom = 50.0 * (position + 1) / all;
    return "%s,0 %s,0 %s,100 %s,100"
        .formatted(place(50 - top), place(50 + top), place(50 + bottom), place(50 - bottom));
  }

  private static String place(double number) {
    return BigDecimal.valueOf(Math.round(number * 100), 2).toPlainString();
  }

  /**
   * One of five ordered colors, from 1 for the best tier to 5 for the worst; 0 for what is none.
   */
  static int color(int position, int all) {
    if (position >= all) {
      return 0;
    }

    return all == 1 ? 1 : 1 + Math.round(4f * position / (all - 1));
  }

  /** The condition of a level in words. */
  private String definition(TableRow tier) {
    String code = tier.word("definition");
    Matcher share = SHARE.matcher(code);
    if (share.matches()) {
      String percent = brief.numbers().setPercent(new BigDecimal(share.group(2)));
      String summed = Optional.ofNullable(share.group(3)).orElse(tier.word("by_column"));
      return share.group(1) == null
          ? brief.say("level.top_share", percent)
          : brief.say("level.top_value_share", percent, brief.voice().within(brief.label(summed)));
    }
    return code.startsWith(FROM)
        ? brief.say("level.from", limit(tier, new BigDecimal(code.substring(FROM.length()))))
        : brief.say("level.others");
  }

  /** A lower limit in its unit, which is points for a score. */
  private String limit(TableRow tier, BigDecimal limit) {
    return tier.text("by_column")
        .map(
            column ->
                column.endsWith(SCORE)
                    ? brief.say("script.points", brief.numbers().plain(limit))
                    : brief.limit(column, limit))
        .orElseGet(() -> brief.numbers().plain(limit));
  }

  private HtmlTable grid(List<TableRow> tiers) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say("head.tier"),
            brief.say("head.definition"),
            "#" + brief.say("head.from"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("head.customer_share"),
            "#" + brief.say("head.net_sales"),
            "#" + brief.say("head.net_sales_share"));
    for (TableRow tier : tiers) {
      grid.row(
          tier.name("tier_name", brief.voice().language()),
          definition(tier),
          tier.number("cut_value").map(it -> limit(tier, it)).orElse(""),
          brief.numbers().count(tier.count("customer_count")),
          brief.numbers().percent(tier.amount("customer_share")),
          tier.number(SALES).map(brief.numbers()::money).orElse(""),
          tier.number("net_sales_share").map(brief.numbers()::percent).orElse(""));
    }
    return grid.closed();
  }
}
