package io.karat.report;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.publishing.RunTables;
import io.karat.report.KeyAccountSelection.Selected;
import io.karat.run.Json;
import io.karat.scores.ScorePlan;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import io.karat.settings.Settings;
import io.karat.settings.Translations;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The tables {@code key_accounts} and {@code findings} of a night, computed from the tables that it
 * wrote before.
 */
public record AccountTables(SparkSession spark, Settings settings, ScorePlan scores) {
  public static final TableContract FINDINGS = TableDefinitions.table("findings");

  static final String KEY_ACCOUNTS = "key_accounts";
  private static final List<String> LOOKED_AT = List.of("tiers", "transitions", "concentration");

  /** The part of the mean net sales of a customer from which on an amount is worth a look. */
  private static final int PART_WORTH_A_LOOK = 10;

  /**
   * Rows of both tables.
   *
   * @param found the findings of which {@code findings} are the rows
   */
  public record Rows(List<Row> keyAccounts, List<Row> findings, List<Finding> found) {
    public Rows {
      keyAccounts = List.copyOf(keyAccounts);
      findings = List.copyOf(findings);
      found = List.copyOf(found);
    }
  }

  /** The contract of {@code key_accounts}. */
  public static TableContract keyAccounts(int moneyScale) {
    return TableDefinitions.table(KEY_ACCOUNTS, Map.of("money_scale", moneyScale));
  }

  /**
   * Computes the rows of both tables; the tables of customers, levels and moves are written.
   *
   * @param firstDay the first day with rows of transactions
   */
  public Rows of(RunTables written, LocalDate asOf, Optional<LocalDate> firstDay)
      throws IOException {
    ReleaseTables tables = new ReleaseTables(written, spark.sparkContext().hadoopConfiguration());
    Map<String, List<TableRow>> small = tables.small(LOOKED_AT);
    Optional<LocalDate> earlier = tables.nightBefore(asOf);
    ObjectNode run = Json.TREES.createObjectNode();
    run.put(Columns.AS_OF_DATE, asOf.toString());
    firstDay.ifPresent(day -> run.withObject(ComparedYear.SALES).put("first_day", day.toString()));
    ReportData english = data(Language.EN, small, earlier, run);
    ReportData chinese = data(Language.ZH, small, earlier, run);
    Optional<LocalDate> night = english.previousNight();
    BigDecimal least = leastStake(small);
    CustomerAggregates customers = new CustomerAggregates(spark, tables, settings);
    Selected selected =
        new KeyAccountSelection(
                customers,
                english.ranked(),
                night.isEmpty() ? Optional.empty() : before(tables, night.get()),
                least)
            .selected();
    List<Finding> found = new ArrayList<>();
    for (Finding finding : new FindingSearch(english, chinese, selected, least).findings()) {
      found.add(new FindingNames(customers).named(finding));
    }
    return new Rows(
        selected.accounts().stream().map(it -> account(it, english, chinese)).toList(),
        findings(found, night, asOf),
        found);
  }

  private ReportData data(
      Language language,
      Map<String, List<TableRow>> small,
      Optional<LocalDate> earlier,
      ObjectNode run) {
    return new ReportData(
        settings,
        scores,
        new Messages(
            language, new NumberFormats(language, settings.currency(), settings.moneyScale())),
        small,
        List.of(),
        List.of(),
        earlier,
        List.of(),
        List.of(),
        run,
        Optional.empty());
  }

  /**
   * The least amount that is worth a look: a tenth of the mean net sales of the customers who
   * bought or returned something.
   */
  private BigDecimal leastStake(Map<String, List<TableRow>> small) {
    String sales = CustomerAggregates.windowed("net_sales_amount", settings);
    return small.getOrDefault("concentration", List.of()).stream()
        .filter(it -> it.word("indicator").equals(sales) && it.whole("percent") == 100)
        .filter(it -> it.count("customer_count") > 0 && it.amount("amount").signum() > 0)
        .findFirst()
        .map(
            all ->
                all.amount("amount")
                    .divide(
                        BigDecimal.valueOf(PART_WORTH_A_LOOK * all.count("customer_count")),
                        settings.moneyScale(),
                        RoundingMode.HALF_UP))
        .orElse(BigDecimal.ZERO);
  }

  /** Net sales of the customers of a night of the history; empty if it does not have them. */
  private Optional<Dataset<Row>> before(ReleaseTables tables, LocalDate night) throws IOException {
    String sales = CustomerAggregates.windowed("net_sales_amount", settings);
    Dataset<Row> history = tables.night(night, spark);
    return CustomerAggregates.has(history, sales)
        ? Optional.of(
            history.select(
                col(Columns.CUSTOMER_ID).as(KeyAccountSelection.PAST),
                Columns.column(sales)
                    .try_cast("decimal(18,%d)".formatted(settings.moneyScale()))
                    .as(KeyAccountSelection.PAST_SALES)))
        : Optional.empty();
  }

  private Row account(TableRow account, ReportData english, ReportData chinese) {
    String reason = account.word(KeyAccountSelection.REASON);
    BilingualText name = Translations.named("key_reason", reason.toLowerCase(Locale.ROOT));
    return RowFactory.create(
        account.word(Columns.CUSTOMER_ID),
        account.text(KeyAccountReasons.DISPLAY_NAME).orElse(null),
        account.text(KeyAccountReasons.OWNER).orElse(null),
        reason,
        name.en(),
        name.zh(),
        account.whole(KeyAccountSelection.PLACE),
        account
            .amount(KeyAccountSelection.STAKE)
            .setScale(settings.moneyScale(), RoundingMode.HALF_UP),
        KeyAccountReasons.COMPARING.contains(reason) ? english.previousNight().orElse(null) : null,
        new ReasonSentences(english).of(reason, account),
        new ReasonSentences(chinese).of(reason, account));
  }

  private static List<Row> findings(
      List<Finding> found, Optional<LocalDate> night, LocalDate asOf) {
    List<Row> rows = new ArrayList<>();
    for (Finding finding : found) {
      Optional<LocalDate> compared = night.filter(it -> finding.isCompared());
      rows.add(
          RowFactory.create(
              rows.size() + 1,
              finding.code(),
              finding.subject().isEmpty() ? null : finding.subject(),
              finding.customers(),
              finding.amount().setScale(DecimalTypes.NUMBER.scale(), RoundingMode.HALF_UP),
              compared.orElse(null),
              compared.map(it -> (int) ChronoUnit.DAYS.between(it, asOf)).orElse(null),
              finding.list(),
              listed(finding.largestIds()).orElse(null),
              listed(finding.largestNames()).orElse(null),
              finding.message().en(),
              finding.message().zh(),
              finding.comparison().en(),
              finding.comparison().zh()));
    }
    return rows;
  }

  private static Optional<String> listed(List<String> customers) {
    return customers.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", customers));
  }
}
