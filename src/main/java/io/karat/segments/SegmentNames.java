package io.karat.segments;

import static java.util.Comparator.comparingDouble;

import io.karat.indicators.IndicatorColumn;
import io.karat.settings.Phrase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Names of segments in words that set them apart: up to three features whose centre is at least
 * half a standard deviation from the mean, the furthest first.
 */
record SegmentNames(SegmentPlan plan, List<Feature> features) {
  private static final double APART = 0.5;
  private static final int MOST_WORDS = 3;
  private static final Phrase AVERAGE = new Phrase("average", "一般");

  /** Words for more and less than usual, where an indicator has words of its own. */
  private static final Map<String, Words> OWN_WORDS =
      Map.of(
          "net_sales_amount", new Words(new Phrase("large", "大额"), new Phrase("small", "小额")),
          "sales_amount", new Words(new Phrase("large", "大额"), new Phrase("small", "小额")),
          "profit", new Words(new Phrase("profitable", "高利润"), new Phrase("unprofitable", "低利润")),
          "transaction_count", new Words(new Phrase("frequent", "频繁"), new Phrase("rare", "偶尔")),
          "transaction_day_count",
              new Words(new Phrase("frequent", "频繁"), new Phrase("rare", "偶尔")),
          "recency_days", new Words(new Phrase("long silent", "久未消费"), new Phrase("recent", "近期")),
          "tenure_days", new Words(new Phrase("long-standing", "老客户"), new Phrase("new", "新客户")));

  private record Words(Phrase more, Phrase less) {}

  /** The segments with names, each another one; those that have one already keep it. */
  List<Segment> named(List<Segment> segments, Map<String, Phrase> kept) {
    Set<String> taken = kept.values().stream().map(Phrase::en).collect(Collectors.toSet());
    Set<String> given = new HashSet<>(taken);
    List<Segment> named = new ArrayList<>();
    for (Segment segment : segments) {
      Phrase name = kept.getOrDefault(segment.id(), unlike(segment, given));
      given.add(name.en());
      named.add(segment.named(name));
    }
    return named;
  }

  /** With more words where another one is called the same, at last with the id. */
  private Phrase unlike(Segment segment, Set<String> given) {
    for (int words = MOST_WORDS; words <= features.size(); words++) {
      Phrase name = name(segment, words);
      if (!given.contains(name.en())) {
        return name;
      }
    }
    Phrase name = name(segment, MOST_WORDS);
    return given.contains(name.en())
        ? new Phrase(
            "%s (%s)".formatted(name.en(), segment.id()),
            "%s（%s）".formatted(name.zh(), segment.id()))
        : name;
  }

  private Phrase name(Segment segment, int most) {
    double[] apart =
        IntStream.range(0, features.size())
            .mapToDouble(f -> features.get(f).deviations(segment.centre().get(f)))
            .toArray();
    List<Phrase> words =
        IntStream.range(0, features.size())
            .boxed()
            .filter(f -> Math.abs(apart[f]) >= APART)
            .sorted(comparingDouble(f -> -Math.abs(apart[f])))
            .limit(most)
            .map(f -> word(features.get(f), apart[f] > 0))
            .toList();
    List<Phrase> said = words.isEmpty() ? List.of(AVERAGE) : words;
    String en = said.stream().map(Phrase::en).collect(Collectors.joining(", "));
    String zh = said.stream().map(Phrase::zh).collect(Collectors.joining("、"));
    return new Phrase(en.substring(0, 1).toUpperCase(Locale.ROOT) + en.substring(1), zh);
  }

  private Phrase word(Feature feature, boolean isMore) {
    IndicatorColumn column = plan.column(feature.name());
    Phrase label = column.indicator().label();
    Words generic =
        new Words(
            new Phrase("high " + label.en().toLowerCase(Locale.ROOT), label.zh() + "高"),
            new Phrase("low " + label.en().toLowerCase(Locale.ROOT), label.zh() + "低"));
    Words words = OWN_WORDS.getOrDefault(column.indicator().name(), generic);
    return isMore ? words.more() : words.less();
  }
}
