package io.karat.report;

import io.karat.movement.ComparisonPeriod;
import io.karat.report.KeyAccountSelection.Selected;
import io.karat.scores.ScoreColumns;
import io.karat.settings.BilingualText;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Search for the findings of a night, those about the most money first: what changed since the
 * previous night, what is at stake, and where that is little, what is so anyway.
 *
 * @param leastStake the least amount that is worth a look
 */
record FindingSearch(
    ReportData english, ReportData chinese, Selected selected, BigDecimal leastStake) {
  static final String NET_SALES = "NET_SALES";

  /** The findings that compare net sales of the 365 days up to this night and an earlier one. */
  private static final Set<String> COMPARING_YEARS = Set.of(NET_SALES, "LOST", "GAINED");

  private static final int FEWEST = 3;
  private static final int MOST = 7;

  /** The findings, the largest amount first. */
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    Optional<String> model =
        StateMovements.models(english, ComparisonPeriod.PREVIOUS_NIGHT).stream().findFirst();
    model
        .filter(it -> StateMovements.isRanked(english, it))
        .ifPresent(it -> all.addAll(new LevelFindings(this, it).all()));
    atStake().forEach(all::add);
    model.ifPresent(it -> all.addAll(new LevelFindings(this, it).totals()));
    List<Finding> findings = withoutRepetitions(all);
    if (findings.size() < FEWEST) {
      boolean isTold = findings.stream().anyMatch(it -> it.code().equals(NET_SALES));
      findings.addAll(new StandingFindings(this).all(isTold));
    }
    findings.removeIf(it -> it.amount().signum() <= 0);
    findings.sort(
        Comparator.comparing(Finding::amount)
            .reversed()
            .thenComparing(Finding::code)
            .thenComparing(Finding::subject));
    return findings.stream().limit(MOST).toList();
  }

  /**
   * The findings without those that say of the same customers and sales what one before them says;
   * what is overdue is other money.
   */
  private static List<Finding> withoutRepetitions(List<Finding> all) {
    List<Finding> kept = new ArrayList<>();
    for (Finding finding : all) {
      boolean isOverdue = finding.code().equals(KeyAccountReasons.OVERDUE);
      if (isOverdue || sales(kept).noneMatch(finding::repeats)) {
        kept.add(finding);
      }
    }
    return kept;
  }

  private static Stream<Finding> sales(List<Finding> findings) {
    return findings.stream().filter(it -> !it.code().equals(KeyAccountReasons.OVERDUE));
  }

  /**
   * What the customers of a reason have at stake, all of them. Each says from which amount on a
   * customer counts, as there are more of less.
   */
  private Stream<Finding> atStake() {
    Optional<Finding> churn = of(KeyAccountReasons.CHURN, this::churn);
    return Stream.of(
            churn,
            churn.isPresent() ? Optional.<Finding>empty() : leaving(),
            of(
                KeyAccountReasons.OVERDUE,
                total ->
                    counted(
                        "finding.overdue",
                        total,
                        List.of(
                            it -> money(it, stake(total)),
                            this::least,
                            it -> it.numbers().setPercent(KeyAccountReasons.SHARE_OF_SALES),
                            FindingSearch::window))),
            of(KeyAccountReasons.LAPSING, this::lapsing),
            of(
                KeyAccountReasons.FALLING,
                total ->
                    counted(
                        "finding.falling",
                        total,
                        List.of(
                            it -> it.numbers().setPercent(KeyAccountReasons.STEEP.abs()),
                            it -> money(it, stake(total)),
                            FindingSearch::window,
                            this::least))))
        .flatMap(Optional::stream);
  }

  private BilingualText churn(TableRow total) {
    return counted(
        "finding.churn",
        total,
        List.of(
            it -> it.numbers().setPercent(KeyAccountReasons.LIKELY_TO_LEAVE),
            it -> money(it, stake(total)),
            it ->
                it.voice()
                    .within(
                        it.settings()
                            .models()
                            .churn()
                            .map(churn -> it.label(churn.of()))
                            .orElse("")),
            this::least));
  }

  private Optional<Finding> leaving() {
    return of(
        KeyAccountReasons.LEAVING,
        total ->
            counted(
                "finding.leaving",
                total,
                List.of(
                    it -> String.valueOf(KeyAccountReasons.horizon(it.settings())),
                    it -> it.numbers().setPercent(KeyAccountReasons.LIKELY_LOST),
                    it -> money(it, stake(total)),
                    FindingSearch::window,
                    this::least)));
  }

  private BilingualText lapsing(TableRow total) {
    return counted(
        "finding.lapsing",
        total,
        List.of(
            it ->
                it.say("finding.fading", KeyAccountReasons.FADING.stream().map(it::name).toArray()),
            it -> money(it, total.amount(KeyAccountSelection.SALES_THEN)),
            FindingSearch::window,
            ReportData::sincePreviousNight,
            this::least));
  }

  private Optional<Finding> of(String reason, Function<TableRow, BilingualText> message) {
    return selected.totals().stream()
        .filter(it -> it.word(KeyAccountSelection.REASON).equals(reason))
        .findFirst()
        .map(
            total -> {
              boolean isLapsing = reason.equals(KeyAccountReasons.LAPSING);
              return finding(
                  reason,
                  "",
                  customers(total),
                  isLapsing ? total.amount(KeyAccountSelection.SALES_THEN) : stake(total),
                  isLapsing,
                  "SELECT * FROM key_accounts WHERE reason = '%s' ORDER BY position"
                      .formatted(reason),
                  selected.of(reason),
                  message.apply(total));
            });
  }

  /** The finding, with some of its customers and what it is compared with. */
  Finding finding(
      String code,
      String subject,
      long customers,
      BigDecimal amount,
      boolean isCompared,
      String list,
      List<TableRow> accounts,
      BilingualText message) {
    return new Finding(
        code,
        subject,
        customers,
        amount,
        isCompared,
        list,
        accounts.stream().map(it -> it.word(Columns.CUSTOMER_ID)).toList(),
        accounts.stream()
            .map(it -> it.text(KeyAccountReasons.DISPLAY_NAME).orElse(it.word(Columns.CUSTOMER_ID)))
            .toList(),
        message,
        both(it -> comparison(it, code, isCompared)));
  }

  private static String comparison(ReportData brief, String code, boolean isCompared) {
    return brief
        .previousNight()
        .map(
            night ->
                isCompared
                    ? compared(brief, code, night)
                    : brief.say("finding.not_compared", brief.asOf()))
        .orElseGet(() -> brief.say("finding.first_night"));
  }

  private static String compared(ReportData brief, String code, LocalDate night) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        brief.say(
            "finding.compared",
            night,
            brief.voice().counted("period", ChronoUnit.DAYS.between(night, brief.asOf()))));
    if (COMPARING_YEARS.contains(code)) {
      new ComparedYear(brief, night).uncovered().ifPresent(sentences::add);
    }
    return brief.voice().sentences(sentences);
  }

  /** A text in both languages. */
  BilingualText both(Function<ReportData, String> words) {
    return new BilingualText(words.apply(english), words.apply(chinese));
  }

  private BilingualText counted(
      String key, TableRow total, List<Function<ReportData, String>> places) {
    long count = customers(total);
    return both(
        it ->
            it.say(
                key + (count == 1 ? ".one" : ".many"),
                Stream.concat(
                        Stream.of(it.voice().customers(count)),
                        places.stream().map(place -> place.apply(it)))
                    .toArray()));
  }

  private String least(ReportData brief) {
    return money(brief, leastStake);
  }

  static String window(ReportData brief) {
    return brief.voice().window(CustomerAggregates.window(brief.settings()));
  }

  /** An amount without decimals, which nobody needs in a finding. */
  static String money(ReportData brief, BigDecimal amount) {
    return brief.numbers().wholeMoney(amount);
  }

  private static long customers(TableRow total) {
    return total.count(KeyAccountSelection.CUSTOMERS);
  }

  private static BigDecimal stake(TableRow total) {
    return total.amount(KeyAccountSelection.STAKE);
  }

  /** The customers who moved down from a level, those with the largest net sales then first. */
  List<TableRow> movedDown(String model, String from, List<String> to) {
    return selected.of(KeyAccountReasons.MOVED_DOWN).stream()
        .filter(it -> it.word(ScoreColumns.previous(model)).equals(from))
        .filter(it -> to.contains(it.word(model)))
        .toList();
  }
}
