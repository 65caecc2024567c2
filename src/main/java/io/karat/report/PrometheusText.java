package io.karat.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text in the Prometheus exposition format, version 0.0.4: help, type and samples of each metric. A
 * metric without samples is left out.
 */
final class PrometheusText {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)\\{.*} (\\d+(?:\\.\\d+)?)$");

  private final Map<String, String> labels;
  private final StringBuilder text = new StringBuilder();
  private String metric = "";
  private String heading = "";

  /**
   * Starts an empty text.
   *
   * @param labels the labels of every sample
   */
  PrometheusText(Map<String, String> labels) {
    this.labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Begins a metric whose value can rise and fall. */
  void gauge(String name, String meaning) {
    metric = name;
    heading =
        "# HELP %1$s %2$s\n# TYPE %1$s gauge\n"
            .formatted(name, meaning.replace("\\", "\\\\").replace("\n", "\\n"));
  }

  /**
   * Adds a sample of the metric.
   *
   * @param more names of further labels, each followed by its value
   */
  void sample(BigDecimal value, String... more) {
    List<String> pairs = new ArrayList<>();
    labels.forEach((name, label) -> pairs.add(pair(name, label)));
    for (int i = 0; i < more.length; i += 2) {
      pairs.add(pair(more[i], more[i + 1]));
    }
    text.append(heading)
        .append("%s{%s} %s\n".formatted(metric, String.join(",", pairs), value.toPlainString()));
    heading = "";
  }

  private static String pair(String name, String label) {
    return "%s=\"%s\""
        .formatted(name, label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
  }

  /** Parses the samples of metrics with one sample each, from a text that this class wrote. */
  static Map<String, BigDecimal> plainSamples(String text, Set<String> metrics) {
    Map<String, BigDecimal> samples = new TreeMap<>();
    for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
      if (metrics.contains(sample.group(1))) {
        samples.put(sample.group(1), new BigDecimal(sample.group(2)));
      }
    }
    return samples;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
