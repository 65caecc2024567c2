package io.karat.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.report.Section.View;
import io.karat.settings.Language;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Section on the prediction: who is likely to leave and why, the forecast by level, and how well it
 * did on days that it had not seen. Only where something is predicted.
 */
record PredictionSection(ReportData brief, boolean hasIds) {
  private static final String BACK_TEST = "prediction_back_test";
  private static final String REGRESSION = "regression";
  private static final int HEIGHT = 380;
  private static final List<String> MODELS = List.of(REGRESSION, "gbt", "bgnbd");

  Section section() {
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    if (brief.table(BACK_TEST).isEmpty()) {
      lacks.add(brief.say("prediction_section.lacks"));
    } else {
      if (!brief.leaving().isEmpty()) {
        views.add(leaving());
      }
      if (!brief.forecasts().isEmpty()) {
        views.add(forecasts());
      }
      views.add(calibration());
      views.add(judged());
      lacks.addAll(losses());
    }
    return new Section(
        "prediction",
        brief.say("prediction_section.title", days()),
        brief.say("prediction_section.about"),
        views,
        lacks);
  }

  private int days() {
    return brief.settings().prediction().orElseThrow().horizonDays();
  }

  private View leaving() {
    String sales = CustomerAggregates.windowed("net_sales_amount", brief.settings());
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say(hasIds ? "head.customer" : "head.number"),
            "#" + brief.say("head.churn"),
            "#" + brief.label(sales),
            "#" + brief.say("head.at_risk"),
            brief.say("head.main_reason"));
    BigDecimal atRisk = BigDecimal.ZERO;
    int number = 1;
    for (TableRow customer : brief.leaving()) {
      grid.row(
          hasIds ? customer.word(Columns.CUSTOMER_ID) : String.valueOf(number),
          brief.numbers().percent(customer.amount(PredictedCustomers.CHURN)),
          brief.numbers().money(customer.amount(sales)),
          brief.numbers().money(customer.amount(PredictedCustomers.AT_RISK)),
          customer.text(reason()).orElse(""));
      atRisk = atRisk.add(customer.amount(PredictedCustomers.AT_RISK));
      number++;
    }
    String says =
        brief.say(
            "prediction_section.says_leaving",
            brief.voice().customers(brief.leaving().size()),
            brief.numbers().money(atRisk),
            days());
    return View.of(
            "prediction-leaving",
            brief.say("prediction_section.leaving"),
            says,
            ReleaseTables.VALUES,
            ReleaseTables.INDICATORS)
        .with(grid.open());
  }

  private String reason() {
    return brief.voice().language() == Language.ZH
        ? "churn_main_reason_name_zh"
        : "churn_main_reason_name";
  }

  private View forecasts() {
    return new ForecastTable(
            brief, measure(REGRESSION, "dispersion").or(() -> Optional.of(BigDecimal.ZERO)))
        .view(
            "prediction-levels",
            brief.say("prediction_section.levels"),
            brief.say("prediction_section.says_levels", days()),
            "head.predicted",
            brief.forecasts());
  }

  private View calibration() {
    ChartData drawn =
        ChartData.of("pairs")
            .axes(brief.say("prediction_section.x"), brief.say("prediction_section.y"));
    ObjectNode actual = ChartData.node().put("name", brief.say("lifetime.actual"));
    ObjectNode expected = ChartData.node().put("name", brief.say("lifetime.expected"));
    HtmlTable.Builder grid =
        HtmlTable.of(
            "#" + brief.say("prediction_section.x"),
            "#" + brief.say("head.customers"),
            "#" + brief.say("lifetime.expected"),
            "#" + brief.say("lifetime.actual"));
    for (TableRow row : rows(REGRESSION, "calibration")) {
      String tenth = String.valueOf(row.whole("tenth"));
      String foreseen = brief.numbers().percent(row.amount("expected_value"));
      String bought = brief.numbers().percent(row.amount("value"));
      long customers = row.count("customer_count");
      String tip =
          brief.say(
              "prediction_section.tip",
              tenth,
              brief.voice().customers(customers),
              bought,
              foreseen);
      drawn.add("x", ChartData.node().textNode(tenth));
      ChartData.add(actual, ChartData.number(row.amount("value")), bought, tip);
      ChartData.add(expected, ChartData.number(row.amount("expected_value")), foreseen, tip);
      grid.row(tenth, brief.numbers().count(customers), foreseen, bought);
    }
    drawn.add("series", actual).add("series", expected);
    String says =
        brief.say(
            "prediction_section.says_calibration",
            measure(REGRESSION, "calibration_slope")
                .map(it -> brief.numbers().decimal(it, 2))
                .orElse(""));
    return View.of(
            "prediction-calibration", brief.say("prediction_section.calibration"), says, BACK_TEST)
        .with(drawn.drawing("prediction-calibration", HEIGHT, says))
        .with(grid.closed());
  }

  private View judged() {
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say("head.forecast"),
            "#" + brief.say("head.auc"),
            "#" + brief.say("head.brier"),
            "#" + brief.say("head.gini"),
            "#" + brief.say("head.bias"),
            "#" + brief.say("head.error"));
    for (TableRow row : measured("auc")) {
      String name = row.word("predictor");
      grid.row(
          row.name("predictor_name", brief.voice().language()),
          brief.numbers().decimal(row.amount("value"), 3),
          shown(name, "brier", it -> brief.numbers().decimal(it, 3)),
          shown(name, "gini", it -> brief.numbers().decimal(it, 3)),
          shown(name, "bias", it -> brief.numbers().signed(it, brief.numbers().percent(it))),
          shown(name, "mean_error", brief.numbers()::shortMoney));
    }
    return View.of(
            "prediction-judged",
            brief.say("prediction_section.judged"),
            brief.say(
                "prediction_section.says_judged",
                best("auc", Comparator.reverseOrder()),
                best("mean_error", Comparator.naturalOrder())),
            BACK_TEST)
        .with(grid.open());
  }

  private String shown(String predictor, String measure, Function<BigDecimal, String> format) {
    return measure(predictor, measure).map(format).orElse("");
  }

  private String best(String measure, Comparator<BigDecimal> order) {
    return measured(measure).stream()
        .min(Comparator.comparing((TableRow row) -> row.amount("value"), order))
        .map(row -> row.name("predictor_name", brief.voice().language()))
        .orElse(brief.say("unknown"));
  }

  /** A sentence for each of ranking and error in which a naive rule does better. */
  private List<String> losses() {
    List<String> losses = new ArrayList<>();
    loss("auc", Comparator.reverseOrder())
        .map(rule -> brief.say("prediction_section.loses_auc", rule))
        .ifPresent(losses::add);
    loss("mean_error", Comparator.naturalOrder())
        .map(rule -> brief.say("prediction_section.loses_mean_error", rule))
        .ifPresent(losses::add);
    return losses;
  }

  /** The naive rule that does better than the published prediction, if one does. */
  private Optional<String> loss(String measure, Comparator<BigDecimal> order) {
    Optional<BigDecimal> own = measure(REGRESSION, measure);
    return measured(measure).stream()
        .filter(row -> !MODELS.contains(row.word("predictor")))
        .min(Comparator.comparing((TableRow row) -> row.amount("value"), order))
        .filter(row -> own.filter(it -> order.compare(row.amount("value"), it) < 0).isPresent())
        .map(row -> row.name("predictor_name", brief.voice().language()));
  }

  private List<TableRow> measured(String measure) {
    return brief.table(BACK_TEST).stream()
        .filter(row -> row.word("measure").equals(measure))
        .toList();
  }

  private List<TableRow> rows(String predictor, String measure) {
    return measured(measure).stream()
        .filter(row -> row.word("predictor").equals(predictor))
        .toList();
  }

  private Optional<BigDecimal> measure(String predictor, String measure) {
    return rows(predictor, measure).stream().findFirst().flatMap(row -> row.number("value"));
  }
}
