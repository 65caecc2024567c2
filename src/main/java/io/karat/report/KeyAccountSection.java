package io.karat.report;

import io.karat.report.Section.View;
import io.karat.scores.ScoreColumns;
import io.karat.scores.State;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import scala.jdk.javaapi.CollectionConverters;

/** Section on the customers to look at, with the reasons in words. */
record KeyAccountSection(ReportData brief, boolean hasIds) {
  private static final String TABLE = ReleaseTables.VALUES;

  Section section() {
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    if (brief.accounts().isEmpty()) {
      lacks.add(brief.say("accounts.lacks"));
    } else {
      views.add(view());
      if (!hasIds) {
        lacks.add(brief.say("accounts.without_ids"));
      }
    }
    return new Section(
        "accounts", brief.say("accounts.title"), brief.say("accounts.about"), views, lacks);
  }

  private View view() {
    String sales = CustomerAggregates.windowed("net_sales_amount", brief.settings());
    List<State> ranked = ranked();
    List<String> heads = new ArrayList<>();
    heads.add(brief.say(hasIds ? "head.customer" : "head.number"));
    heads.add("#" + brief.label(sales));
    ranked.stream().findFirst().ifPresent(state -> heads.add(brief.model(state.column())));
    heads.add(brief.say("head.reasons"));
    HtmlTable.Builder grid = HtmlTable.of(heads.toArray(String[]::new));
    int number = 1;
    for (TableRow account : brief.accounts()) {
      List<String> row = new ArrayList<>();
      row.add(hasIds ? account.word(Columns.CUSTOMER_ID) : String.valueOf(number++));
      row.add(account.number(sales).map(brief.numbers()::money).orElse(""));
      ranked.stream()
          .findFirst()
          .ifPresent(state -> row.add(account.text(state.column()).map(brief::name).orElse("")));
      row.add(String.join(" ", reasons(account)));
      grid.row(row.toArray(String[]::new));
    }
    return View.of("accounts", brief.say("accounts.title"), says(), TABLE, ReleaseTables.INDICATORS)
        .with(grid.open());
  }

  /** The ordered states: classes and tiers, tiers first. */
  private List<State> ranked() {
    return brief.states().stream()
        .filter(state -> StateMovements.isRanked(brief, state.column()))
        .sorted((one, other) -> Boolean.compare(isClass(one), isClass(other)))
        .toList();
  }

  private static boolean isClass(State state) {
    return !state.column().endsWith("_tier");
  }

  private String says() {
    Set<String> kinds = new TreeSet<>();
    brief.accounts().forEach(account -> kinds.addAll(codes(account)));
    return brief.say(
        "accounts.says",
        brief.voice().customers(brief.accounts().size()),
        brief.voice().counted("accounts.kinds", kinds.size()));
  }

  private static List<String> codes(TableRow account) {
    return account.values().get(KeyAccountSelection.REASONS)
            instanceof scala.collection.Seq<?> codes
        ? CollectionConverters.asJava(codes).stream().map(String::valueOf).toList()
        : List.of();
  }

  private List<String> reasons(TableRow account) {
    List<String> reasons = new ArrayList<>();
    for (String code : codes(account)) {
      switch (code) {
        case KeyAccountSelection.MOVED_DOWN -> reasons.addAll(moves(account));
        case KeyAccountSelection.CHURN -> reasons.add(churn(account));
        case KeyAccountSelection.OVERDUE ->
            reasons.add(brief.say("reason.overdue", money(account, KeyAccountSelection.ARREARS)));
        case KeyAccountSelection.LEAVING -> {
          if (!hasLeft(account) || !codes(account).contains(KeyAccountSelection.CHURN)) {
            reasons.add(leaving(account));
          }
        }
        case KeyAccountSelection.LAPSING ->
            reasons.add(
                brief.say(
                    "reason.lapsing",
                    name(account, ScoreColumns.previous(CustomerAggregates.LIFECYCLE)),
                    name(account, CustomerAggregates.LIFECYCLE),
                    brief.sincePreviousNight()));
        case KeyAccountSelection.FALLING ->
            reasons.add(
                brief.say(
                    "reason.falling",
                    account
                        .number(KeyAccountSelection.TREND)
                        .map(it -> brief.numbers().percent(it.abs()))
                        .orElse("")));
        case KeyAccountSelection.ONE_OFF ->
            reasons.add(
                brief.say("reason.one_off", money(account, KeyAccountSelection.LIFETIME_SALES)));
        default -> throw new IllegalStateException("No words for the reason " + code);
      }
    }
    return reasons;
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
    int days = KeyAccountSelection.horizon(brief.settings());
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
    int days = KeyAccountSelection.horizon(brief.settings());
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
    for (State state : ranked()) {
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
