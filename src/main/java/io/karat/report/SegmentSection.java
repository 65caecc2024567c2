package io.karat.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.Portrait;
import io.karat.report.Section.View;
import io.karat.segments.SegmentTables;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Section on value segments: the differences between their customers, and their rules in words. */
record SegmentSection(ReportData brief) {
  private static final String TABLE = "segments";
  static final String PROFILES = "segment_profiles";
  private static final String SALES = "net_sales_amount_365d";
  private static final int MOST_TRAITS = 3;
  private static final int ROW = 46;
  private static final int FEWEST_CUSTOMERS = 5;
  private static final BigDecimal LEAST_SHARE = new BigDecimal("0.05");
  private static final BigDecimal TELLING = new BigDecimal("1.2");

  Section section() {
    List<TableRow> segments =
        brief.table(TABLE).stream()
            .filter(it -> it.count("customer_count") > 0)
            .sorted(comparing(it -> it.whole("position")))
            .toList();
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    if (segments.isEmpty()) {
      lacks.add(brief.say("segments.lacks"));
    } else {
      views.add(view(segments));
    }
    return new Section(
        "segments", brief.say("segments.title"), brief.say("segments.about"), views, lacks);
  }

  private View view(List<TableRow> segments) {
    List<String> indicators = indicators();
    ChartData drawn =
        ChartData.of("lift")
            .axes(brief.say("segments.x"), brief.say("segments.y"))
            .put("x", segments.stream().map(this::name).toList())
            .put("y", indicators.stream().map(brief::labelInCurrency).toList())
            .put("scale", brief.say("segments.scale"));
    for (int x = 0; x < segments.size(); x++) {
      for (int y = 0; y < indicators.size(); y++) {
        TableRow segment = segments.get(x);
        String indicator = indicators.get(y);
        int column = x;
        int row = y;
        profile(segment, indicator)
            .ifPresent(profile -> drawn.add("cells", cell(column, row, indicator, profile)));
      }
    }
    String says = says(segments);
    return View.of("segments", brief.say("segments.title"), says, TABLE, PROFILES)
        .with(drawn.drawing("segments", ROW * indicators.size() + 120, says))
        .withPortraits(segments.stream().map(it -> portrait(it, segments.indexOf(it))).toList())
        .with(grid(segments, indicators));
  }

  private String name(TableRow entry) {
    return entry.name("segment_name", brief.voice().language());
  }

  /** The indicators with numeric profiles, sorted by name. */
  private List<String> indicators() {
    Set<String> indicators = new LinkedHashSet<>();
    brief.table(PROFILES).stream()
        .filter(it -> isNumber(it) && it.number("median").isPresent())
        .map(it -> it.word("indicator"))
        .sorted()
        .forEach(indicators::add);
    return List.copyOf(indicators);
  }

  private Optional<TableRow> profile(TableRow segment, String indicator) {
    return brief.table(PROFILES).stream()
        .filter(it -> it.word("segment_id").equals(segment.word("segment_id")))
        .filter(it -> it.word("indicator").equals(indicator) && isNumber(it))
        .findFirst();
  }

  private ObjectNode cell(int x, int y, String indicator, TableRow profile) {
    ObjectNode cell = ChartData.node();
    cell.put("x", x);
    cell.put("y", y);
    profile.number("lift").ifPresent(lift -> cell.set("value", ChartData.number(lift)));
    cell.put("less", brief.isLessBetter(indicator));
    profile.number("mean").ifPresent(mean -> cell.put("label", brief.bareValue(indicator, mean)));
    cell.put(
        "tip",
        brief.say(
            "segments.tip",
            name(profile),
            brief.label(indicator),
            profile
                .number("mean")
                .map(it -> brief.value(indicator, it))
                .orElse(brief.say("unknown")),
            profile.number("lift").map(this::times).orElse(brief.say("unknown"))));
    return cell;
  }

  private String times(BigDecimal lift) {
    return brief.say("times", brief.numbers().decimal(lift, 2));
  }

  private String says(List<TableRow> segments) {
    TableRow most = segments.stream().max(comparing(it -> it.amount(SALES))).orElseThrow();
    List<TableRow> unknown = segments.stream().filter(SegmentSection::isUnknown).toList();
    String said =
        unknown.stream()
            .map(
                it ->
                    brief.say(
                        "segments.says_unknown",
                        brief.voice().customers(it.count("customer_count"))))
            .collect(joining());
    return brief.say(
            "segments.says",
            brief.voice().counted("segments.count", segments.size() - unknown.size()),
            name(most),
            brief.voice().customers(most.count("customer_count")),
            brief.numbers().percent(most.amount("customer_share")),
            most.number("net_sales_share")
                .map(brief.numbers()::percent)
                .orElse(brief.say("unknown")))
        + said;
  }

  /** Whether it is the group of customers with an unknown feature, which is no segment. */
  private static boolean isUnknown(TableRow segment) {
    return segment.word("segment_id").equals(SegmentTables.UNKNOWN);
  }

  private Portrait portrait(TableRow segment, int position) {
    String size =
        brief.say(
            "segments.size",
            brief.voice().customers(segment.count("customer_count")),
            brief.numbers().percent(segment.amount("customer_share")),
            segment
                .number("net_sales_share")
                .map(brief.numbers()::percent)
                .orElse(brief.say("unknown")));
    String fidelity =
        segment
            .number("fidelity")
            .map(
                it ->
                    brief.say(
                        SegmentTables.isFaithful(it) ? "segments.fidelity" : "segments.rough",
                        brief.numbers().percent(it)))
            .orElse("");
    return new Portrait(
        1 + position % Section.KINDS,
        name(segment),
        size,
        fidelity,
        new RuleSentences(brief).alternatives(segment.word("definition")),
        traits(segment));
  }

  /** Whether a row is about an indicator, which is a number. */
  static boolean isNumber(TableRow profile) {
    return profile.text("value").isEmpty();
  }

  /**
   * Whether a row is about a value that is more frequent in a segment than among all customers, and
   * that of enough customers not to be chance.
   */
  static boolean isTrait(TableRow profile) {
    return !isNumber(profile)
        && profile.amount("lift").compareTo(TELLING) >= 0
        && profile.count("customer_count") >= FEWEST_CUSTOMERS
        && profile.amount("mean").compareTo(LEAST_SHARE) >= 0;
  }

  /** The most telling characteristics of a segment. */
  private List<String> traits(TableRow segment) {
    return brief.table(PROFILES).stream()
        .filter(it -> it.word("segment_id").equals(segment.word("segment_id")))
        .filter(SegmentSection::isTrait)
        .sorted(
            comparing((TableRow it) -> it.amount("lift"))
                .reversed()
                .thenComparing(it -> it.word("indicator"))
                .thenComparing(it -> it.word("value")))
        .limit(MOST_TRAITS)
        .map(
            it ->
                brief.say(
                    "segments.trait",
                    brief.label(it.word("indicator")),
                    brief.voice().value(it.word("value")),
                    brief.numbers().percent(it.amount("mean")),
                    times(it.amount("lift"))))
        .toList();
  }

  private HtmlTable grid(List<TableRow> segments, List<String> indicators) {
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say("head.segment"),
            brief.say("head.indicator"),
            "#" + brief.say("head.mean"),
            "#" + brief.say("head.median"),
            "#" + brief.say("head.lift"));
    for (TableRow segment : segments) {
      for (String indicator : indicators) {
        profile(segment, indicator)
            .ifPresent(
                it ->
                    grid.row(
                        name(segment),
                        brief.label(indicator),
                        it.number("mean").map(mean -> brief.value(indicator, mean)).orElse(""),
                        it.number("median")
                            .map(median -> brief.value(indicator, median))
                            .orElse(""),
                        it.number("lift")
                            .filter(lift -> lift.signum() >= 0)
                            .map(this::times)
                            .orElse("")));
      }
    }
    return grid.closed();
  }
}
