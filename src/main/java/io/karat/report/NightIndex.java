package io.karat.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.Settings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Index of all nights of an output folder: one page with the trend of each headline figure, two
 * nights side by side, and a link to each report.
 *
 * @param scores the models of the configuration
 * @param nights earliest first
 */
public record NightIndex(Settings settings, ScorePlan scores, List<Night> nights) {
  /** The name of the file in the output folder. */
  public static final String FILE = "index.html";

  private static final String CUSTOMERS = "card.customers";
  private static final Pattern NEXT = Pattern.compile(".*_next_(\\d+)d");

  /** Older nights are left out. */
  public static final int MOST_NIGHTS = 400;

  public NightIndex {
    nights = List.copyOf(nights);
  }

  /**
   * Night of the history.
   *
   * @param customers the number of its customers
   * @param report the path of its report within the output folder; empty if it is deleted
   * @param figures empty if none were kept
   */
  public record Night(
      LocalDate asOf,
      String runId,
      long customers,
      boolean isLive,
      Optional<String> report,
      Optional<KeptFigures> figures) {}

  /**
   * Line of the page: a figure over all nights.
   *
   * @param value formats a value
   * @param rule by what a night computed it beside its data
   */
  private record Series(
      String name,
      Function<Night, Optional<BigDecimal>> of,
      Function<BigDecimal, String> value,
      Function<Night, Optional<String>> rule) {
    Series(
        String name, Function<Night, Optional<BigDecimal>> of, Function<BigDecimal, String> value) {
      this(name, of, value, night -> Optional.empty());
    }

    String text(Night night) {
      return of.apply(night).map(value).orElse("");
    }
  }

  /** Trend of a figure, with its latest value. */
  record Card(String name, String value, Optional<Trend> trend) {}

  /**
   * Row of the table of nights.
   *
   * @param link the path of the report; empty if it is deleted
   */
  record Line(
      String night, String runId, boolean isLive, List<Cell> values, Optional<String> link) {
    Line {
      values = List.copyOf(values);
    }
  }

  /**
   * Cell of the table of nights.
   *
   * @param head the heading of its column, which a narrow page has beside the cell
   * @param text empty if the night does not have the figure
   */
  record Cell(String head, String text) {}

  /** Renders the page. */
  public String html() {
    Messages voice =
        new Messages(
            settings.language(),
            new NumberFormats(settings.language(), settings.currency(), settings.moneyScale()));
    List<Series> series = series(voice);
    String script = PageTemplate.resource("index.js");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(
        "language",
        switch (settings.language()) {
          case EN -> "en";
          case ZH -> "zh-CN";
        });
    values.put("firm", settings.name());
    values.put("title", voice.say("index.title", settings.name()));
    values.put("count", voice.counted("nights", nights.size()));
    values.put("cards", series.stream().map(it -> card(it, voice)).toList());
    values.put("heads", series.stream().map(Series::name).toList());
    values.put("lines", lines(series));
    values.put("isComparable", nights.size() > 1);
    values.put("style", PageTemplate.resource("report.css"));
    values.put("data", ChartData.text(data(series, voice)));
    values.put("script", script);
    values.put("policy", PageTemplate.policy(script));
    return new PageTemplate(FILE, voice).html(values);
  }

  /** Customers, the figures of the latest night that kept some, levels, and warnings. */
  private List<Series> series(Messages voice) {
    List<Series> series = new ArrayList<>();
    Optional<KeptFigures> latest =
        nights.stream().flatMap(it -> it.figures().stream()).reduce((earlier, later) -> later);
    Function<BigDecimal, String> count = value -> voice.numbers().decimal(value, 0);
    series.add(
        new Series(
            voice.say(CUSTOMERS),
            night -> Optional.of(BigDecimal.valueOf(night.customers())),
            count));
    if (latest.isEmpty()) {
      return series;
    }

    for (KeptFigures.Figure figure : latest.get().figures()) {
      if (figure.card().equals(CUSTOMERS)) {
        continue;
      }
      series.add(
          new Series(
              name(figure, voice),
              night -> night.figures().flatMap(it -> it.of(figure.column())),
              figure.isMoney() ? voice.numbers()::shortMoney : count,
              night -> night.figures().flatMap(it -> it.rule(figure.column()))));
    }
    for (KeptFigures.Level level : latest.get().levels()) {
      if (isShown(level.model())) {
        series.add(
            new Series(
                voice.say(
                    "index.level",
                    scores.name(level.code()).in(settings.language()),
                    scores.model(level.model()).in(settings.language())),
                night -> night.figures().flatMap(it -> it.of(level.model(), level.code())),
                count));
      }
    }
    series.add(
        new Series(
            voice.say("index.warnings"),
            night -> night.figures().map(it -> BigDecimal.valueOf(it.warnings())),
            count));
    return series;
  }

  /** The name of a figure, with the days that it is about. */
  private String name(KeptFigures.Figure figure, Messages voice) {
    String name = voice.named("card", figure.card().replaceFirst("^card\\.", ""));
    return days(figure.column(), voice)
        .map(days -> voice.say("label.windowed", name, days))
        .orElse(name);
  }

  /** The days that a column is about; empty for the state on the night. */
  private Optional<String> days(String column, Messages voice) {
    Matcher next = NEXT.matcher(column);
    if (next.matches()) {
      return Optional.of(voice.say("window.next", next.group(1)));
    }
    return column.equals(CustomerAggregates.ACTIVE)
        ? Optional.of(voice.window(CustomerAggregates.window(settings)))
        : settings.indicators().windows().stream()
            .filter(window -> column.endsWith("_" + window.suffix()))
            .findFirst()
            .map(voice::window);
  }

  /**
   * Whether the levels of a model are shown: those of the first pyramid, else of the first class.
   */
  private boolean isShown(String model) {
    List<String> ordered = new ValueTable(scores).states().stream().map(State::column).toList();
    Optional<String> pyramid = ordered.stream().filter(it -> it.endsWith("_tier")).findFirst();
    return pyramid.or(() -> ordered.stream().findFirst()).filter(model::equals).isPresent();
  }

  private Card card(Series series, Messages voice) {
    SortedMap<LocalDate, BigDecimal> values = new TreeMap<>();
    for (Night night : nights) {
      series.of().apply(night).ifPresent(value -> values.put(night.asOf(), value));
    }
    return new Card(
        series.name(),
        values.isEmpty()
            ? voice.say("unknown")
            : series.value().apply(values.get(values.lastKey())),
        Trend.of(values, voice, series.value()));
  }

  /** The nights, the latest first. */
  private List<Line> lines(List<Series> series) {
    List<Line> lines = new ArrayList<>();
    for (Night night : nights) {
      lines.add(
          0,
          new Line(
              night.asOf().toString(),
              night.runId(),
              night.isLive(),
              series.stream().map(it -> new Cell(it.name(), it.text(night))).toList(),
              night.report()));
    }
    return lines;
  }

  /** What the script compares: texts for people, and numbers for the change. */
  private ObjectNode data(List<Series> series, Messages voice) {
    ObjectNode data = ChartData.node();
    series.forEach(it -> data.withArray("names").add(it.name()));
    data.put("unknown", voice.say("unknown"));
    data.put("otherRule", voice.say("index.other_rule", "{0}"));
    for (Night night : nights) {
      ObjectNode node = data.withArray("nights").addObject().put("night", night.asOf().toString());
      ArrayNode texts = node.putArray("texts");
      ArrayNode numbers = node.putArray("numbers");
      ArrayNode rules = node.putArray("rules");
      for (Series one : series) {
        texts.add(one.text(night));
        one.of()
            .apply(night)
            .ifPresentOrElse(it -> numbers.add(ChartData.number(it)), numbers::addNull);
        rules.add(one.rule().apply(night).orElse(""));
      }
    }
    return data;
  }
}
