package io.karat.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.karat.groups.GroupTable;
import io.karat.publishing.RunTables;
import io.karat.run.Json;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.Language;
import io.karat.settings.Settings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * HTML report of one night, in a single file. It is a function of the tables of a release and its
 * run report, so the same release gives the same bytes at any time.
 *
 * <p>Small tables are read in full; customers are read in three passes, for sums, counts and the
 * list of customers.
 *
 * @param scores the models of the configuration
 */
public record HtmlReport(
    SparkSession spark, Settings settings, ScorePlan scores, Language language) {
  /** The name of the file in a release. */
  public static final String FILE = "report.html";

  /** The name of the file of all customers beside it. */
  public static final String CUSTOMERS = CustomerFile.NAME;

  /**
   * Rendered report.
   *
   * @param figures its headline figures, for later nights
   * @param customers the pieces of a file of all customers that the page links to, where it lists
   *     the largest only
   */
  public record Rendered(String page, KeptFigures figures, Optional<Iterable<String>> customers) {}

  /**
   * Renders the page.
   *
   * @param written the tables of the night
   * @param runReport the text of {@code run_report.json}
   * @param lifetimeModel the text of the lifetime value model of the night
   * @param earlier the figures of earlier nights, where they are kept
   */
  public Rendered of(
      RunTables written,
      String runReport,
      Optional<String> lifetimeModel,
      List<KeptFigures> earlier)
      throws IOException {
    ReleaseTables tables = new ReleaseTables(written, spark.sparkContext().hadoopConfiguration());
    CustomerAggregates customers = new CustomerAggregates(spark, tables, settings);
    Map<String, List<TableRow>> small = new TreeMap<>(tables.small());
    small.put(GroupTable.NAME, GroupSection.largest(customers));
    small.putAll(LifetimeWorth.tables(customers, ranked(small)));
    small.put(AccountChangeSection.TABLE, AccountChangeSection.largest(customers));
    small.put(BuyerTypeSection.LARGEST, BuyerTypeSection.largest(customers));
    NumberFormats numbers = new NumberFormats(language, settings.currency(), settings.moneyScale());
    Optional<JsonNode> lifetime =
        lifetimeModel.isEmpty() ? Optional.empty() : Optional.of(json(lifetimeModel.get()));
    JsonNode run = json(runReport);
    PredictedCustomers predicted = new PredictedCustomers(customers);
    ReportData brief =
        new ReportData(
            settings,
            scores,
            new Messages(language, numbers),
            small,
            customers.figures(),
            customers.nights(),
            tables.nightBefore(LocalDate.parse(run.path("as_of_date").asText())),
            predicted.leaving(),
            predicted.forecasts(ranked(small)),
            run,
            lifetime);
    HeadlineSection headline = HeadlineSection.of(brief, earlier);
    CustomerGrid grid = CustomerGrid.of(brief);
    return new Rendered(
        new Page(brief, headline, shown(grid, customers)).html(),
        KeptFigures.of(brief, headline),
        grid.isCut() ? Optional.of(new CustomerFile(grid, customers)) : Optional.empty());
  }

  /** The list of customers; empty if none is to be shown. */
  private static Optional<CustomerGrid.Shown> shown(CustomerGrid grid, CustomerAggregates customers)
      throws IOException {
    if (grid.most() == 0) {
      return Optional.empty();
    }

    ListedCustomers rows = grid.rows(customers);
    return Optional.of(
        grid.shown(rows.largest(grid.most(), grid.brief().previousNight()), rows.nights()));
  }

  /** The states whose codes are ordered from best to worst: those in the table of tiers. */
  private List<State> ranked(Map<String, List<TableRow>> small) {
    return new ValueTable(scores)
        .states().stream()
            .filter(
                state ->
                    small.getOrDefault("tiers", List.of()).stream()
                        .anyMatch(it -> it.word("model").equals(state.column())))
            .toList();
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return Json.TREES.readTree(text);
  }
}
