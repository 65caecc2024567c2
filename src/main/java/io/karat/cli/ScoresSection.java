package io.karat.cli;

import static io.karat.settings.Translations.text;
import static java.util.stream.Collectors.joining;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedScores;
import io.karat.scores.CustomerScores.BuyerType;
import io.karat.scores.CustomerScores.Churn;
import io.karat.scores.CustomerScores.Part;
import io.karat.scores.CustomerScores.Score;
import io.karat.scores.CustomerScores.Standing;
import io.karat.scores.CustomerScreening;
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
        : List.of(text(language, "explain.no_scores"));
  }

  private List<String> lines(ExplainedScores explained) {
    List<String> lines = new ArrayList<>();
    if (!explained.scores().states().isEmpty()) {
      lines.add(text(language, "explain.states", explained.cuts()));
      standings(explained.scores().states()).lines().forEach(line -> lines.add("  " + line));
    }
    for (Score score : explained.scores().scores()) {
      lines.add("");
      lines.add(headline(score));
      parts(score).lines().forEach(line -> lines.add("  " + line));
    }
    for (CustomerScreening screening : explained.scores().screenings()) {
      lines.addAll(List.of("", headline(screening)));
      criteria(screening).lines().forEach(line -> lines.add("  " + line));
    }
    explained.scores().buyerType().ifPresent(type -> lines.addAll(List.of("", buyerType(type))));
    explained.scores().churn().ifPresent(churn -> lines.addAll(List.of("", churn(churn))));
    return lines;
  }

  private String headline(CustomerScreening screening) {
    return screening.isScreened()
        ? text(language, "explain.screening", screening.column(), screening.result())
        : text(language, "explain.not_screened", screening.column(), screening.result());
  }

  private ConsoleTable criteria(CustomerScreening screening) {
    ConsoleTable table =
        new ConsoleTable(
            text(language, "explain.criterion"),
            text(language, "explain.indicator"),
            text(language, "explain.value"),
            text(language, "explain.needed"),
            text(language, "explain.criterion_met"));
    for (CustomerScreening.Criterion it : screening.criteria()) {
      String bound = it.bound().map(ScoresSection::plain).orElse("?");
      table.row(
          it.name(),
          it.by(),
          cell(it.value()),
          text(language, it.isLeast() ? "explain.at_least" : "explain.at_most", bound),
          screening.isScreened() ? text(language, met(it)) : "");
    }
    return table;
  }

  private static String met(CustomerScreening.Criterion criterion) {
    return criterion
        .isMet()
        .map(isMet -> isMet ? "explain.passed" : "explain.failed")
        .orElse("explain.unknown");
  }

  private String buyerType(BuyerType type) {
    return text(
        language,
        "explain.buyer_type",
        type.type(),
        type.score(),
        plain(type.points()),
        plain(type.lead()),
        plain(type.needed()));
  }

  private String churn(Churn churn) {
    String expected = plain(churn.expected());
    if (churn.hasLeft()) {
      return text(language, "explain.churn_left", expected);
    }

    String rates =
        churn.rates().entrySet().stream()
            .map(it -> plain(it.getKey()) + ": " + plain(it.getValue()))
            .collect(joining(", "));
    return text(
        language,
        churn.isLearned() ? "explain.churn_learned" : "explain.churn_stated",
        expected,
        churn.by(),
        churn.satisfaction().map(ScoresSection::plain).orElse("?"),
        rates);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private ConsoleTable standings(List<Standing> states) {
    ConsoleTable table =
        new ConsoleTable(
            text(language, "explain.column"),
            text(language, "explain.code"),
            text(language, "explain.name"));
    states.forEach(
        state -> table.row(state.column(), state.code().orElse(""), state.name().in(language)));
    return table;
  }

  private String headline(Score score) {
    String value = score.value().map(BigDecimal::toPlainString).orElse("?");
    String missing = score.toNextTier().map(BigDecimal::toPlainString).orElse("");
    String key =
        score.tiers().isEmpty()
            ? "explain.score"
            : missing.isEmpty() ? "explain.score_in_tiers" : "explain.score_below_tier";
    String headline = text(language, key, score.column(), value, tiers(score), missing);
    return score
        .held()
        .map(tier -> text(language, "explain.held", headline, tier))
        .orElse(headline);
  }

  /** The tiers in words: {@code Platinum from 80.2, Gold from 61}. */
  private String tiers(Score score) {
    return score.tiers().stream()
        .map(
            start ->
                text(
                    language,
                    "explain.tier",
                    start.tier(),
                    start.points().stripTrailingZeros().toPlainString()))
        .collect(joining(text(language, "explain.and")));
  }

  private ConsoleTable parts(Score score) {
    boolean hasNext = score.toNextTier().isPresent();
    List<String> headings =
        new ArrayList<>(
            List.of(
                text(language, "explain.indicator"),
                text(language, "explain.value"),
                text(language, "explain.normalised"),
                text(language, "explain.weight"),
                text(language, "explain.points")));
    if (hasNext) {
      headings.add(text(language, "explain.next_tier"));
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
