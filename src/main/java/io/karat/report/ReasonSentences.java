package io.karat.report;

import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sentences that say why somebody should look at a customer. */
record ReasonSentences(ReportData brief) {
  /**
   * The sentence of a reason.
   *
   * @param account the customer's row, with the columns of {@link KeyAccountSelection}
   */
  String of(String code, TableRow account) {
    return switch (code) {
      case KeyAccountReasons.MOVED_DOWN -> brief.voice().sentences(moves(account));
      case KeyAccountReasons.CHURN -> churn(account);
      case KeyAccountReasons.OVERDUE ->
          brief.say("reason.overdue", money(account, KeyAccountReasons.ARREARS));
      case KeyAccountReasons.LEAVING -> leaving(account);
      case KeyAccountReasons.LAPSING ->
          brief.say(
              "reason.lapsing",
              name(account, ScoreColumns.previous(CustomerAggregates.LIFECYCLE)),
              name(account, CustomerAggregates.LIFECYCLE),
              brief.sincePreviousNight());
      case KeyAccountReasons.FALLING ->
          brief.say(
              "reason.falling",
              account
                  .number(KeyAccountReasons.TREND)
                  .map(it -> brief.numbers().percent(it.abs()))
                  .orElse(""));
      case KeyAccountReasons.ONE_OFF ->
          brief.say("reason.one_off", money(account, KeyAccountReasons.LIFETIME_SALES));
      default -> throw new IllegalStateException("No words for the reason " + code);
    };
  }

  /**
   * The churn of a customer. One who counts as having left has an expected churn of 1 by rule,
   * which is not the same as a probability of 0 to come back.
   */
  private String churn(TableRow account) {
    String risk = money(account, ScoreColumns.VALUE_AT_RISK);
    if (!hasLeft(account)) {
      return brief.say("reason.churn", percent(account, ScoreColumns.EXPECTED_CHURN), risk);
    }

    String stage =
        account
            .text(CustomerAggregates.LIFECYCLE)
            .map(code -> brief.say("reason.stage", brief.name(code)))
            .orElse("");
    int days = KeyAccountReasons.horizon(brief.settings());
    return account
        .number(ScoreColumns.purchaseProbability(days))
        .map(it -> brief.say("reason.left_back", stage, risk, brief.numbers().chance(it), days))
        .orElseGet(() -> brief.say("reason.left", stage, risk));
  }

  private boolean hasLeft(TableRow account) {
    return brief.settings().models().churn().stream().anyMatch(it -> it.left().isPresent())
        && account.amount(ScoreColumns.EXPECTED_CHURN).compareTo(BigDecimal.ONE) == 0;
  }

  private String leaving(TableRow account) {
    int days = KeyAccountReasons.horizon(brief.settings());
    return brief.say(
        "reason.leaving",
        account
            .number(ScoreColumns.purchaseProbability(days))
            .map(brief.numbers()::chance)
            .orElse(brief.say("unknown")),
        days);
  }

  private List<String> moves(TableRow account) {
    List<String> moves = new ArrayList<>();
    for (State state : brief.ranked()) {
      Optional<String> before = account.text(ScoreColumns.previous(state.column()));
      Optional<String> now = account.text(state.column());
      if (before.isPresent()
          && now.isPresent()
          && state.codes().indexOf(now.get()) > state.codes().indexOf(before.get())) {
        moves.add(
            brief.say(
                "reason.moved_down",
                brief.model(state.column()),
                brief.name(before.get()),
                brief.name(now.get()),
                brief.sincePreviousNight()));
      }
    }
    return moves;
  }

  private String name(TableRow account, String column) {
    return account.text(column).map(brief::name).orElse(brief.say("unknown"));
  }

  private String percent(TableRow account, String column) {
    return account.number(column).map(brief.numbers()::percent).orElse(brief.say("unknown"));
  }

  private String money(TableRow account, String column) {
    return account.number(column).map(brief.numbers()::money).orElse(brief.say("unknown"));
  }
}
