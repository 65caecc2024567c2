package io.karat.matching;

import io.karat.run.Run;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Result of a search for duplicates, in numbers.
 *
 * @param possible the number of all pairs of customers
 * @param byStatus the listed pairs by status
 * @param location the folder of its tables
 */
public record MatchResult(
    Run run,
    long customers,
    double possible,
    List<BlockSizes> sizes,
    ComparedPairs compared,
    MatchModel model,
    Map<String, Long> byStatus,
    MatchClusters clusters,
    String location) {
  private static final int MOST_NAMED = 5;

  public MatchResult {
    sizes = List.copyOf(sizes);
    byStatus = Map.copyOf(byStatus);
  }

  /** Row of the table of rules. */
  public record RuleLine(String rule, long blocks, long pairs, long added, int leftOut) {}

  /** Row of the table of fields. */
  public record FieldLine(
      String field, String level, BigDecimal m, BigDecimal u, BigDecimal weight) {}

  /** What each rule compared. */
  public List<RuleLine> rules() {
    List<RuleLine> lines = new ArrayList<>();
    for (int rule = 0; rule < sizes.size(); rule++) {
      BlockSizes size = sizes.get(rule);
      lines.add(
          new RuleLine(
              size.rule().name(),
              size.blocks(),
              size.pairs(),
              compared.added().get(rule),
              size.leftOut().size()));
    }
    return lines;
  }

  /** What each level of a field says. */
  public List<FieldLine> fields() {
    List<FieldLine> lines = new ArrayList<>();
    for (int i = 0; i < model.fields().size(); i++) {
      MatchField field = model.fields().get(i);
      FieldOdds odds = model.odds().get(i);
      for (AgreementLevel level : field.levels()) {
        lines.add(
            new FieldLine(
                field.name(),
                level.name(),
                rounded(odds.m()[level.number()], 4),
                rounded(odds.u()[level.number()], 6),
                rounded(odds.weight(level), 2)));
      }
    }
    return lines;
  }

  private static BigDecimal rounded(double number, int decimals) {
    return BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP);
  }

  /** The pairs that were compared, each once. */
  public long comparisons() {
    return compared.added().stream().mapToLong(Long::longValue).sum();
  }

  /** One pair in so many is expected to be of one customer. */
  public long oneIn() {
    return Math.round(1 / model.share());
  }

  public long pairs(String status) {
    return byStatus.getOrDefault(status, 0L);
  }

  /** The number of clusters. */
  public int clusterCount() {
    return clusters.members().size();
  }

  /** The customers in clusters. */
  public long clusteredCustomers() {
    return clusters.customers();
  }

  /** The customers of the largest cluster. */
  public int largestCluster() {
    return clusters.largest();
  }

  /** Sentences on what did not go into the result. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (BlockSizes size : sizes) {
      size.leftOut().entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .limit(MOST_NAMED)
          .forEach(
              block ->
                  warnings.add(
                      "Rule '%s' leaves out the block '%s' with %,d customers. Add a term to the rule, or raise matching.most_in_block."
                          .formatted(size.rule().name(), block.getKey(), block.getValue())));
      if (size.leftOut().size() > MOST_NAMED) {
        warnings.add(
            "Rule '%s' leaves out %,d more blocks."
                .formatted(size.rule().name(), size.leftOut().size() - MOST_NAMED));
      }
    }
    for (String field : model.unlearned()) {
      warnings.add(
          "How often '%s' agrees within one customer cannot be learned, as every rule uses it. Add a rule without it."
              .formatted(field));
    }
    return warnings;
  }
}
