package io.karat.cli;

import static java.util.stream.Collectors.joining;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedScores;
import io.karat.scores.CustomerScores.Part;
import io.karat.scores.CustomerScores.Score;
import io.karat.scores.CustomerScores.Standing;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Section on the customer's classes, tiers and labels, and on the points of every indicator in
 * every score.
 */
record ScoresSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    return customer.scores().map(this::lines).orElseGet(() -> none(customer));
  }

  private List<String> none(CustomerExplanation customer) {
    return customer.indicators().isEmpty()
        ? List.of()
        : List.of(
            new BilingualText(
                    "No scores: no run has learned cuts for these settings yet; the next run does.",
                    "没有评分：尚无运行按当前配置学得切分点，下次运行会完成。")
                .in(language));
  }

  private List<String> lines(ExplainedScores explained) {
    List<String> lines = new ArrayList<>();
    lines.add(
        new BilingualText("Where the customer stands, by cuts %s", "客户所处位置（切分点 %s）")
            .in(language)
            .formatted(explained.cuts()));
    standings(explained.scores().states()).lines().forEach(line -> lines.add("  " + line));
    for (Score score : explained.scores().scores()) {
      lines.add("");
      lines.add(headline(score));
      parts(score).lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private ConsoleTable standings(List<Standing> states) {
    ConsoleTable table =
        new ConsoleTable(
            new BilingualText("column", "列").in(language),
            new BilingualText("code", "代码").in(language),
            new BilingualText("name", "名称").in(language));
    states.forEach(
        state -> table.row(state.column(), state.code().orElse(""), state.name().in(language)));
    return table;
  }

  private String headline(Score score) {
    String value = score.value().map(BigDecimal::toPlainString).orElse("?");
    String points =
        new BilingualText("%s: %s points", "%s：%s 分").in(language).formatted(score.column(), value);
    return points
        + tiers(score)
        + score
            .toNextTier()
            .map(
                missing ->
                    new BilingualText(", %s more to the next tier", "，距上一层级还差 %s 分")
                        .in(language)
                        .formatted(missing.toPlainString()))
            .orElse("");
  }

  /** Words such as {@code (Platinum from 80.2, Gold from 61)}. */
  private String tiers(Score score) {
    return score.tiers().isEmpty()
        ? ""
        : score.tiers().stream()
            .map(
                start ->
                    new BilingualText("%s from %s", "%s自 %s 分起")
                        .in(language)
                        .formatted(
                            start.tier().in(language),
                            start.points().stripTrailingZeros().toPlainString()))
            .collect(
                joining(
                    new BilingualText(", ", "，").in(language),
                    new BilingualText(" (", "（").in(language),
                    new BilingualText(")", "）").in(language)));
  }

  private ConsoleTable parts(Score score) {
    boolean hasNext = score.toNextTier().isPresent();
    List<String> headings =
        new ArrayList<>(
            List.of(
                new BilingualText("indicator", "指标").in(language),
                new BilingualText("value", "值").in(language),
                new BilingualText("normalised", "归一化").in(language),
                new BilingualText("weight", "权重").in(language),
                new BilingualText("points", "分数").in(language)));
    if (hasNext) {
      headings.add(new BilingualText("for the next tier", "升级所需值").in(language));
    }
    ConsoleTable table = new ConsoleTable(headings.toArray(String[]::new));
    for (Part part : score.parts()) {
      List<Object> cells =
          new ArrayList<>(
              List.of(
                  part.indicator(),
                  cell(part.value()),
                  cell(part.normalised()),
                  cell(part.weight()),
                  cell(part.points())));
      if (hasNext) {
        cells.add(cell(part.forNextTier()));
      }
      table.row(cells.toArray());
    }
    return table;
  }

  private static Object cell(Optional<BigDecimal> number) {
    return number.<Object>map(BigDecimal::stripTrailingZeros).orElse("");
  }
}
