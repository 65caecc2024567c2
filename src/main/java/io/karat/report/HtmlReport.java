package io.karat.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.Language;
import io.karat.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;

/**
 * The report of one night for people: a page that needs nothing beside it. It follows from the
 * tables of a release alone, so the same release gives the same bytes, whenever it is asked for.
 *
 * <p>Small tables are read here; of customers there are sums and counts, in three passes, and a few
 * to look at.
 *
 * @param scores the models of the configuration
 */
public record HtmlReport(
    SparkSession spark, Settings settings, ScorePlan scores, Language language) {
  /** What it is called in a release. */
  public static final String FILE = "report.html";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /**
   * The page.
   *
   * @param folders the folder of a table by its name
   * @param runReport the text of {@code run_report.json}
   * @param lifetimeModel the text of the model of lifetime value that the night went by
   */
  public String of(UnaryOperator<String> folders, String runReport, Optional<String> lifetimeModel)
      throws IOException {
    ReleaseTables tables = new ReleaseTables(folders, spark.sparkContext().hadoopConfiguration());
    Map<String, List<TableRow>> small = tables.small();
    CustomerAggregates customers = new CustomerAggregates(spark, tables, settings);
    NumberFormats numbers = new NumberFormats(language, settings.currency(), settings.moneyScale());
    Optional<JsonNode> lifetime =
        lifetimeModel.isEmpty() ? Optional.empty() : Optional.of(json(lifetimeModel.get()));
    ReportData brief =
        new ReportData(
            settings,
            scores,
            new Messages(language, numbers),
            small,
            customers.figures(),
            customers.nights(),
            new KeyAccountSelection(customers, ranked(small)).chosen(),
            json(runReport),
            lifetime);
    return new Page(brief).html();
  }

  /** The states that go from the best to the worst, as the table of tiers lists them. */
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
    return JSON.readTree(text);
  }
}
