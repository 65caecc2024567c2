package io.karat.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HTML page in one file: words, data, style, the scripts and their libraries. All data is escaped;
 * only the scripts of the page may run, by their digests.
 */
record Page(ReportData brief, HeadlineSection headline, Optional<CustomerGrid.Shown> customers) {
  private static final String CHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

  private static final String GRID = "/META-INF/resources/webjars/tabulator-tables/6.3.1/dist/";

  /** Renders the page. */
  String html() {
    String charts = PageTemplate.resource(CHARTS);
    String script = PageTemplate.resource("report.js");
    String lists = PageTemplate.resource("customers.js");
    String grid =
        customers.isPresent()
            ? withoutMap(PageTemplate.resource(GRID + "js/tabulator.min.js"))
            : "";
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("language", brief.isChinese() ? "zh-CN" : "en");
    values.put("firm", brief.settings().name());
    values.put("night", brief.asOf().toString());
    values.put("runId", brief.runId());
    values.put("title", brief.say("page.title", brief.settings().name(), brief.asOf()));
    values.put("findings", FindingSection.of(brief));
    values.put("headline", headline);
    values.put("sections", sections());
    values.put("style", PageTemplate.resource("report.css"));
    values.put("charts", charts);
    values.put("script", script);
    values.put("customers", customers);
    values.put("grid", grid);
    values.put(
        "gridStyle",
        customers.isPresent()
            ? withoutMap(PageTemplate.resource(GRID + "css/tabulator_simple.min.css"))
            : "");
    values.put("lists", lists);
    values.put("policy", PageTemplate.policy(charts, script, grid, lists));
    values.put("settings", ChartData.text(settings()));
    return new PageTemplate("report.html", brief.voice()).html(values);
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>(List.of(new PyramidSection(brief).section()));
    new ProfitSection(brief).section().ifPresent(sections::add);
    new DisagreementSection(brief).section().ifPresent(sections::add);
    sections.addAll(
        List.of(
            new ConcentrationSection(brief).section(),
            new RfmSection(brief).section(),
            new QuadrantSection(brief).section(),
            new SegmentSection(brief).section(),
            new MovementSection(brief).section()));
    new AccountChangeSection(brief).section().ifPresent(sections::add);
    sections.addAll(
        List.of(new LifecycleSection(brief).section(), new LifetimeSection(brief).section()));
    if (brief.settings().prediction().isPresent()) {
      sections.add(new PredictionSection(brief, brief.hasIds()).section());
    }
    new ScreeningSection(brief).section().ifPresent(sections::add);
    new BuyerTypeSection(brief).section().ifPresent(sections::add);
    if (brief.settings().hierarchy().filter(it -> !it.groupsAreCustomers()).isPresent()) {
      sections.add(new GroupSection(brief).section());
    }
    if (!brief.settings().allocation().isEmpty()) {
      sections.add(new AllocationSection(brief).section());
    }
    new ChurnSection(brief).section().ifPresent(sections::add);
    new RecoverySection(brief).section().ifPresent(sections::add);
    sections.addAll(
        List.of(
            new CoverageSection(brief).section(),
            new KeyAccountSection(brief).section(),
            new QualitySection(brief).section(),
            new ProvenanceSection(brief).section()));
    return sections;
  }

  private ObjectNode settings() {
    ObjectNode settings = ChartData.node();
    settings.put("language", brief.isChinese() ? "zh" : "en");
    brief
        .voice()
        .ofScript()
        .forEach((key, words) -> settings.put(key.substring(key.indexOf('.') + 1), words));
    return settings;
  }

  /** A library without the remark where its sources are, which nobody can fetch. */
  private static String withoutMap(String library) {
    return library.replaceAll("(//#|/\\*#) sourceMappingURL=\\S*( \\*/)?", "");
  }
}
