package io.karat.segments;

import io.karat.quality.CheckResult;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The drift of customers since their segments were fitted: the population stability index of each
 * feature, the share of customers far from every centre, and the share that changed segment since
 * last night.
 */
record Drift(SegmentModel model, SegmentFigures figures) {
  static final BigDecimal MOST_SHIFT = new BigDecimal("0.1");
  static final BigDecimal HIGH_SHIFT = new BigDecimal("0.25");
  static final BigDecimal MOST_FAR = new BigDecimal("0.05");
  static final BigDecimal MOST_CHANGED = new BigDecimal("0.1");

  /**
   * The fewest customers that are judged. Among fewer, chance alone moves the index by about its
   * limit: 9 x (1 / 200 + 1 / 200).
   */
  static final long LEAST_CUSTOMERS = 200;

  private static final BilingualText NOT_JUDGED =
      new BilingualText(" Fewer than 200 customers are not judged.", "客户少于 200，不作判断。");

  private static final double LEAST_SHARE = 1e-4;
  private static final int PLACES = 6;
  private static final String TABLE = "customer_value";

  List<CheckResult> checks() {
    List<CheckResult> checks = new ArrayList<>();
    for (Feature feature : model.features()) {
      long[] then = feature.counts().stream().mapToLong(Long::longValue).toArray();
      checks.add(shift(feature.name(), index(then, figures.buckets(feature.name()))));
    }
    SegmentFigures.Count all = figures.all();
    SegmentFigures.Count unknown = figures.count(Segment.UNKNOWN);
    checks.add(far(share(all.far(), all.customers() - unknown.customers())));
    checks.add(changed(share(all.changed(), all.looked())));
    return checks;
  }

  /**
   * The population stability index: the sum of (now - then) x ln(now / then) over tenths of the
   * customers of the fit, in shares of at least 0.0001; empty if there were no customers then or
   * are none now.
   */
  static Optional<BigDecimal> index(long[] then, long[] now) {
    long allThen = Arrays.stream(then).sum();
    long allNow = Arrays.stream(now).sum();
    if (allThen == 0 || allNow == 0) {
      return Optional.empty();
    }

    double index = 0;
    for (int i = 0; i < then.length; i++) {
      double before = Math.max(LEAST_SHARE, (double) then[i] / allThen);
      double after = Math.max(LEAST_SHARE, (double) now[i] / allNow);
      index += (after - before) * StrictMath.log(after / before);
    }
    return Optional.of(BigDecimal.valueOf(index).setScale(PLACES, RoundingMode.HALF_UP));
  }

  private CheckResult shift(String feature, Optional<BigDecimal> index) {
    String value = index.map(BigDecimal::toPlainString).orElse("unknown");
    boolean isHigh = index.filter(it -> it.compareTo(HIGH_SHIFT) > 0).isPresent();
    return check(
        "psi",
        feature,
        index,
        MOST_SHIFT,
        new BilingualText(
            "%s of customers differs from the fit of %s by %s%s (population stability index, at most 0.1). %s"
                .formatted(
                    feature,
                    model.fittedAsOf(),
                    value,
                    isHigh ? ", which is much" : "",
                    "Fit segments anew where it stays so."),
            "客户的 %s 与 %s 训练时相比的稳定性指数（PSI）为 %s（上限 0.1）%s"
                .formatted(feature, model.fittedAsOf(), value, isHigh ? "，偏移较大。" : "。")));
  }

  private CheckResult far(Optional<BigDecimal> share) {
    String value = share.map(BigDecimal::toPlainString).orElse("unknown");
    return check(
        "segment_distance",
        "far_share",
        share,
        MOST_FAR,
        new BilingualText(
            "%s of customers are further from their centre than 99 %% were at the fit of %s (at most 0.05)."
                .formatted(value, model.fittedAsOf()),
            "到中心距离超过 %s 训练时 99%% 客户的比例为 %s（上限 0.05）。".formatted(model.fittedAsOf(), value)));
  }

  private CheckResult changed(Optional<BigDecimal> share) {
    String value = share.map(BigDecimal::toPlainString).orElse("unknown");
    return check(
        "segment_movement",
        "changed_share",
        share,
        MOST_CHANGED,
        new BilingualText(
            "%s of customers changed segment since the night before (at most 0.1)."
                .formatted(value),
            "与前一夜相比变更细分群的客户比例为 %s（上限 0.1）。".formatted(value)));
  }

  private CheckResult check(
      String check,
      String metric,
      Optional<BigDecimal> value,
      BigDecimal limit,
      BilingualText message) {
    return new CheckResult(
        check,
        TABLE,
        metric,
        value,
        Optional.of(limit),
        !isJudged() || value.filter(found -> found.compareTo(limit) > 0).isEmpty(),
        Severity.WARN,
        isJudged()
            ? message
            : new BilingualText(message.en() + NOT_JUDGED.en(), message.zh() + NOT_JUDGED.zh()));
  }

  private boolean isJudged() {
    return isJudged(model.training().complete(), figures.all().customers());
  }

  /** Whether there were enough customers at the fit and are enough now. */
  static boolean isJudged(long then, long now) {
    return Math.min(then, now) >= LEAST_CUSTOMERS;
  }

  private static Optional<BigDecimal> share(long part, long all) {
    return all <= 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), PLACES, RoundingMode.HALF_UP));
  }
}
