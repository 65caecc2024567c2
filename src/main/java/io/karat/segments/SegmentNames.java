package io.karat.segments;

import static io.karat.settings.Translations.text;
import static java.util.Comparator.comparingDouble;

import io.karat.indicators.IndicatorColumn;
import io.karat.settings.BilingualText;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.IndicatorSettings.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names of segments: their worth first, then what is true of most of their customers. A word such
 * as "recent" is true of customers who are on that side of the middle of all customers.
 *
 * @param features the features that words are about, those of worth left out
 * @param ranks of customers by each feature
 */
record SegmentNames(
    SegmentPlan plan, List<String> features, List<MemberRanks> ranks, SegmentWorth worth) {
  private static final double MIDDLE = 0.5;

  private static final double MOST = 0.5;

  /** The share of members for whom a word is true that is said at once. */
  private static final double CLEAR = 2.0 / 3;

  private static final int USUAL_WORDS = 2;

  /** Indicators that repeat what is said of worth. */
  private static final Set<String> WORTH = Set.of("net_sales_amount", "sales_amount");

  /** Words for more and less than usual, for indicators that have words of their own. */
  private static final Map<String, Words> OWN_WORDS =
      Map.of(
          "transaction_count", new Words("frequent", "infrequent"),
          "transaction_day_count", new Words("frequent", "infrequent"),
          "recency_days", new Words("less_recent", "recent"),
          "tenure_days", new Words("long_standing", "newer"));

  SegmentNames {
    features = List.copyOf(features);
    ranks = List.copyOf(ranks);
  }

  /** The keys of two words. */
  private record Words(String more, String less) {}

  /**
   * The names of segments of some customers.
   *
   * @param segments of the customers of the space
   */
  static SegmentNames of(SegmentPlan plan, FeatureSpace space, int[] segments) {
    Optional<Feature> worth =
        space.features().stream()
            .filter(it -> isWorth(plan.column(it.name())))
            .reduce((one, other) -> other.weight().compareTo(one.weight()) > 0 ? other : one);
    List<String> features =
        space.names().stream()
            .filter(name -> worth.filter(it -> it.name().equals(name)).isEmpty())
            .filter(name -> !WORTH.contains(plan.column(name).indicator().name()))
            .toList();
    return new SegmentNames(
        plan,
        features,
        features.stream().map(it -> new MemberRanks(space.values(it), segments)).toList(),
        new SegmentWorth(
            worth.map(it -> space.values(it.name())).orElseGet(space::sales), segments));
  }

  private static boolean isWorth(IndicatorColumn column) {
    return column.indicator().unit() == Unit.MONEY && column.indicator().better() == Better.HIGHER;
  }

  /**
   * Gives every segment a different name; segments with a name keep it.
   *
   * @param segments in the order of the customers' indices
   */
  List<Segment> named(List<Segment> segments, Map<String, BilingualText> kept) {
    Set<Set<String>> given = new HashSet<>();
    kept.values().forEach(name -> given.add(words(name)));
    List<Segment> named = new ArrayList<>();
    for (int j = 0; j < segments.size(); j++) {
      int index = j;
      Segment segment = segments.get(j);
      BilingualText name =
          Optional.ofNullable(kept.get(segment.id()))
              .orElseGet(() -> unlike(index, segment.id(), given));
      given.add(words(name));
      named.add(segment.named(name));
    }
    return named;
  }

  /** The words of a name; names with the same words in another order are the same. */
  private static Set<String> words(BilingualText name) {
    return Set.copyOf(Arrays.asList(name.en().toLowerCase(Locale.ROOT).split(", ")));
  }

  /**
   * A name that is not given yet: with more words if another segment has it, at last with the id.
   */
  private BilingualText unlike(int segment, String id, Set<Set<String>> given) {
    List<Integer> said = said(segment);
    int usual =
        (int) said.stream().filter(f -> truth(segment, f) >= CLEAR).limit(USUAL_WORDS).count();
    for (int most = usual; most <= said.size(); most++) {
      BilingualText name = name(segment, said.subList(0, most));
      if (!given.contains(words(name))) {
        return name;
      }
    }
    return text("segment_name.with_id", name(segment, said.subList(0, usual)), id);
  }

  /**
   * The features with a word that is true of most members, those first whose median member is
   * furthest from the middle; features with the same pair of words once.
   */
  private List<Integer> said(int segment) {
    Set<Object> words = new HashSet<>();
    return IntStream.range(0, features.size())
        .boxed()
        .filter(f -> truth(segment, f) > MOST)
        .sorted(comparingDouble(f -> -Math.abs(apart(segment, f))))
        .filter(f -> words.add(ownWords(f).<Object>map(it -> it).orElse(features.get(f))))
        .toList();
  }

  /** The share of members for whom the word of a feature is true. */
  private double truth(int segment, int feature) {
    return ranks.get(feature).share(segment, apart(segment, feature) > 0);
  }

  /** The distance of the median member from the middle of all customers. */
  private double apart(int segment, int feature) {
    return ranks.get(feature).median(segment) - MIDDLE;
  }

  private Optional<Words> ownWords(int feature) {
    return Optional.ofNullable(
        OWN_WORDS.get(plan.column(features.get(feature)).indicator().name()));
  }

  private BilingualText name(int segment, List<Integer> said) {
    BilingualText name =
        Stream.concat(
                Stream.of(worth.word(segment)),
                said.stream().map(f -> word(f, apart(segment, f) > 0)))
            .reduce((one, more) -> text("segment_name.and", one, more))
            .orElseThrow();
    return new BilingualText(
        name.en().substring(0, 1).toUpperCase(Locale.ROOT) + name.en().substring(1), name.zh());
  }

  private BilingualText word(int feature, boolean isMore) {
    Words words = ownWords(feature).orElse(new Words("high", "low"));
    BilingualText label = plan.column(features.get(feature)).indicator().label();
    return text(
        "segment_name." + (isMore ? words.more() : words.less()),
        new BilingualText(label.en().toLowerCase(Locale.ROOT), label.zh()));
  }
}
