package io.karat.segments;

import static io.karat.settings.Translations.text;
import static java.util.Comparator.comparingDouble;

import io.karat.indicators.IndicatorColumn;
import io.karat.settings.BilingualText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Names of segments in words that set them apart: up to three features whose centre is at least
 * half a standard deviation from the mean, the furthest first.
 */
record SegmentNames(SegmentPlan plan, List<Feature> features) {
  private static final double APART = 0.5;
  private static final int MOST_WORDS = 3;
  private static final int NONE = -1;

  /** Words for more and less than usual, for indicators that have words of their own. */
  private static final Map<String, Words> OWN_WORDS =
      Map.of(
          "net_sales_amount", new Words("large", "small"),
          "sales_amount", new Words("large", "small"),
          "profit", new Words("profitable", "unprofitable"),
          "transaction_count", new Words("frequent", "rare"),
          "transaction_day_count", new Words("frequent", "rare"),
          "recency_days", new Words("silent", "recent"),
          "tenure_days", new Words("long_standing", "new"));

  /** The keys of two words. */
  private record Words(String more, String less) {}

  /** Gives every segment a different name; segments with a name keep it. */
  List<Segment> named(List<Segment> segments, Map<String, BilingualText> kept) {
    Map<Set<String>, Optional<Segment>> given = new HashMap<>();
    kept.values().forEach(name -> given.put(words(name), Optional.empty()));
    List<Segment> named = new ArrayList<>();
    for (Segment segment : segments) {
      BilingualText name = kept.getOrDefault(segment.id(), unlike(segment, given));
      given.putIfAbsent(words(name), Optional.of(segment));
      named.add(segment.named(name));
    }
    return named;
  }

  /** The words of a name; names with the same words in another order are the same. */
  private static Set<String> words(BilingualText name) {
    return Set.copyOf(Arrays.asList(name.en().toLowerCase(Locale.ROOT).split(", ")));
  }

  /**
   * A name that is not given yet: with more words if another segment has the same, then with an
   * intensified word for the feature in which it goes further than that one, at last with the id.
   */
  private BilingualText unlike(Segment segment, Map<Set<String>, Optional<Segment>> given) {
    for (int most = MOST_WORDS; most <= Math.max(MOST_WORDS, features.size()); most++) {
      BilingualText name = name(segment, said(segment, most), NONE);
      if (!given.containsKey(words(name))) {
        return name;
      }
    }
    List<Integer> said = said(segment, MOST_WORDS);
    BilingualText name = name(segment, said, NONE);
    return Optional.ofNullable(given.get(words(name)))
        .flatMap(other -> other)
        .flatMap(other -> furthest(said, segment, other))
        .map(feature -> name(segment, said, feature))
        .filter(further -> !given.containsKey(words(further)))
        .orElseGet(() -> text("segment_name.with_id", name, segment.id()));
  }

  /**
   * The feature of those named in which a segment goes furthest beyond another; empty if in none.
   */
  private Optional<Integer> furthest(List<Integer> said, Segment segment, Segment other) {
    return said.stream()
        .filter(f -> further(f, segment, other) > 0)
        .max(comparingDouble(f -> further(f, segment, other)));
  }

  private double further(int feature, Segment segment, Segment other) {
    return Math.abs(apart(segment, feature)) - Math.abs(apart(other, feature));
  }

  private double apart(Segment segment, int feature) {
    return features.get(feature).deviations(segment.centre().get(feature));
  }

  /**
   * The features that set a segment apart, the furthest first; features with the same word once.
   */
  private List<Integer> said(Segment segment, int most) {
    Set<BilingualText> words = new HashSet<>();
    return IntStream.range(0, features.size())
        .boxed()
        .filter(f -> Math.abs(apart(segment, f)) >= APART)
        .sorted(comparingDouble(f -> -Math.abs(apart(segment, f))))
        .filter(f -> words.add(word(features.get(f), apart(segment, f) > 0)))
        .limit(most)
        .toList();
  }

  /** The name made of the words of some features, one of which is intensified. */
  private BilingualText name(Segment segment, List<Integer> said, int very) {
    List<BilingualText> words = new ArrayList<>();
    for (int f : said) {
      BilingualText word = word(features.get(f), apart(segment, f) > 0);
      words.add(f == very ? text("segment_name.very", word) : word);
    }
    if (words.isEmpty()) {
      words.add(text("segment_name.average"));
    }
    BilingualText name =
        words.stream().reduce((one, more) -> text("segment_name.and", one, more)).orElseThrow();
    return new BilingualText(
        name.en().substring(0, 1).toUpperCase(Locale.ROOT) + name.en().substring(1), name.zh());
  }

  private BilingualText word(Feature feature, boolean isMore) {
    IndicatorColumn column = plan.column(feature.name());
    Words words = OWN_WORDS.getOrDefault(column.indicator().name(), new Words("high", "low"));
    BilingualText label = column.indicator().label();
    return text(
        "segment_name." + (isMore ? words.more() : words.less()),
        new BilingualText(label.en().toLowerCase(Locale.ROOT), label.zh()));
  }
}
