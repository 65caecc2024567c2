package io.karat.report;

import io.karat.report.HeadlineSection.Card;
import io.karat.report.HeadlineSection.Change;
import io.karat.scores.ScoreColumns;
import io.karat.settings.HierarchySettings;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.Translations;
import io.karat.settings.Window;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Key figures of all customers, each with its history. */
record KeyFigures(ReportData brief, FigureHistory history) {
  private static final Set<String> COUNTS =
      Set.of("card.customers", "card.active", "card.transactions");

  /** The figures that the night has, in their order on the page. */
  List<Card> cards() {
    Window window = CustomerAggregates.window(brief.settings());
    String in = brief.voice().window(window);
    String sales = windowed("net_sales_amount");
    List<Card> cards = new ArrayList<>();
    cards.add(counted("card.customers", known(), CustomerAggregates.CUSTOMERS));
    brief
        .sum(CustomerAggregates.ACTIVE)
        .ifPresent(
            active ->
                cards.add(
                    counted(
                        "card.active",
                        brief.say("card.active.exact", share(active), in),
                        CustomerAggregates.ACTIVE)));
    money("card.net_sales", in, sales).ifPresent(cards::add);
    profit(in, sales).ifPresent(cards::add);
    transactions(in).ifPresent(cards::add);
    atRisk().ifPresent(cards::add);
    foreseen().ifPresent(cards::add);
    money("card.arrears", "", KeyAccountReasons.ARREARS).ifPresent(cards::add);
    money("card.open", "", "expected_sales_amount").ifPresent(cards::add);
    return cards;
  }

  private String windowed(String indicator) {
    return CustomerAggregates.windowed(indicator, brief.settings());
  }

  /** What the number of customers includes. */
  private String known() {
    BigDecimal all = BigDecimal.valueOf(brief.customers());
    String known =
        brief
            .sum(CustomerAggregates.BUYERS)
            .map(all::subtract)
            .filter(prospects -> prospects.signum() > 0)
            .map(it -> brief.say("card.customers.prospects", brief.numbers().decimal(it, 0)))
            .orElseGet(() -> brief.say("card.customers.exact"));
    return brief.settings().hierarchy().filter(HierarchySettings::groupsAreCustomers).isPresent()
        ? brief.say("card.customers.groups", known)
        : known;
  }

  private String share(BigDecimal part) {
    return brief
        .sum(CustomerAggregates.BUYERS)
        .filter(buyers -> buyers.signum() > 0)
        .map(buyers -> brief.numbers().percent(part.divide(buyers, 6, RoundingMode.HALF_UP)))
        .orElse(brief.say("unknown"));
  }

  private Card counted(String key, String exact, String column) {
    BigDecimal value = brief.sum(column).orElse(BigDecimal.ZERO);
    return card(
        key,
        brief.numbers().count(value.longValue()),
        exact,
        value,
        column,
        it -> brief.numbers().decimal(it, 0));
  }

  private Optional<Card> money(String key, String in, String column) {
    return brief
        .sum(column)
        .map(
            value ->
                card(
                    key,
                    brief.numbers().shortMoney(value),
                    exact(value, in),
                    value,
                    column,
                    brief.numbers()::shortMoney));
  }

  /**
   * The value at risk, of how many customers the satisfaction is known that it comes from, and how
   * many more count as having left.
   */
  private Optional<Card> atRisk() {
    return money("card.at_risk", "", ScoreColumns.VALUE_AT_RISK)
        .map(
            card ->
                new Card(
                    card.name(),
                    card.value(),
                    brief
                        .sum(CustomerAggregates.SATISFIED)
                        .map(known -> satisfied(card.exact(), known.longValue()))
                        .orElse(card.exact()),
                    card.changes(),
                    card.trend(),
                    card.figure()));
  }

  private String satisfied(String amount, long known) {
    String says = brief.say("card.at_risk.exact", amount, brief.voice().customers(known));
    return brief
        .sum(CustomerAggregates.LEFT)
        .filter(left -> left.signum() > 0)
        .map(left -> brief.voice().counted("card.at_risk.left", left.longValue()))
        .map(left -> brief.say("card.at_risk.more", says, left))
        .orElse(says);
  }

  private String exact(BigDecimal value, String in) {
    String money = brief.numbers().money(value);
    return in.isEmpty() ? money : brief.say("card.exact", money, in);
  }

  private Optional<Card> profit(String in, String sales) {
    String column = windowed("profit");
    return brief
        .sum(column)
        .map(
            profit -> {
              String margin =
                  brief
                      .sum(sales)
                      .filter(it -> it.signum() > 0)
                      .map(it -> profit.divide(it, 6, RoundingMode.HALF_UP))
                      .map(it -> brief.say("card.margin", brief.numbers().percent(it), in))
                      .orElse(in);
              return card(
                  "card.profit",
                  brief.numbers().shortMoney(profit),
                  margin,
                  profit,
                  column,
                  brief.numbers()::shortMoney);
            });
  }

  private Optional<Card> transactions(String in) {
    String column = windowed("transaction_count");
    return brief
        .sum(column)
        .map(
            count -> {
              String mean =
                  brief
                      .sum(windowed("sales_amount"))
                      .filter(it -> count.signum() > 0)
                      .map(
                          it ->
                              brief.say(
                                  "card.mean",
                                  brief
                                      .numbers()
                                      .money(
                                          it.divide(
                                              count,
                                              brief.settings().moneyScale(),
                                              RoundingMode.HALF_UP)),
                                  in))
                      .orElse(in);
              return card(
                  "card.transactions",
                  brief.numbers().count(count.longValue()),
                  mean,
                  count,
                  column,
                  it -> brief.numbers().decimal(it, 0));
            });
  }

  private Optional<Card> foreseen() {
    return brief.settings().lifetimeValue().stream()
        .findFirst()
        .flatMap(
            lifetime -> {
              int days = lifetime.horizonDays().get(0);
              String column = ScoreColumns.expectedSales(days);
              return brief
                  .sum(column)
                  .map(
                      value ->
                          card(
                              Translations.key("card.foreseen", lifetime.occasion()),
                              brief.numbers().shortMoney(value),
                              foreseen(value, lifetime),
                              value,
                              column,
                              brief.numbers()::shortMoney));
            });
  }

  /** The expected sales, beside those of the past that are comparable: as long, and as gross. */
  private String foreseen(BigDecimal value, LifetimeSettings lifetime) {
    int days = lifetime.horizonDays().get(0);
    String next = brief.say("window.next", days);
    String past =
        switch (lifetime.occasion()) {
          case SALE -> "sales_amount";
          case POSITIVE_NET -> "net_sales_amount";
        };
    Optional<BigDecimal> before =
        CustomerAggregates.window(brief.settings()).days().equals(OptionalInt.of(days))
            ? brief.sum(windowed(past))
            : Optional.empty();
    return before
        .map(
            it ->
                brief.say(
                    "card.foreseen.exact",
                    brief.numbers().money(value),
                    next,
                    brief.numbers().money(it),
                    brief.say("window.days", days)))
        .orElse(exact(value, next));
  }

  private Card card(
      String key,
      String value,
      String exact,
      BigDecimal now,
      String column,
      Function<BigDecimal, String> text) {
    List<Change> changes = new ArrayList<>();
    before(column)
        .or(() -> history.nightBefore(column))
        .ifPresent(it -> changes.add(history.sinceNightBefore(column, now, it, text)));
    changes.addAll(history.sincePeriods(column, now, text));
    boolean isMoney = !COUNTS.contains(key);
    return new Card(
        brief.say(key),
        value,
        exact,
        changes,
        history.trend(column, now, text),
        new KeptFigures.Figure(key, column, isMoney, now, new FigureRules(brief).of(column)));
  }

  /** The same sum on the night before; empty if the history does not have it. */
  private Optional<BigDecimal> before(String column) {
    return brief
        .previousNight()
        .flatMap(
            night ->
                brief.nights().stream()
                    .filter(it -> it.word(Columns.AS_OF_DATE).equals(night.toString()))
                    .flatMap(it -> it.number(column).stream())
                    .reduce(BigDecimal::add));
  }
}
