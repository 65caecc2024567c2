package io.karat.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HTML page in one file: words, data, style, the scripts and their libraries. All data is escaped;
 * only the scripts of the page may run, by their digests.
 */
record Page(ReportData brief, Optional<CustomerGrid.Shown> customers) {
  private static final String CHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

  private static final String GRID = "/META-INF/resources/webjars/tabulator-tables/6.3.1/dist/";

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(true)
          .zeroIsFalse(true)
          .emptyStringIsFalse(true)
          .withCollector(new Present());

  /** Renders the page. */
  String html() {
    String charts = resource(CHARTS);
    String script = resource("report.js");
    String lists = resource("customers.js");
    String grid = customers.isPresent() ? withoutMap(resource(GRID + "js/tabulator.min.js")) : "";
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("language", brief.isChinese() ? "zh-CN" : "en");
    values.put("firm", brief.settings().name());
    values.put("night", brief.asOf().toString());
    values.put("runId", brief.runId());
    values.put("title", brief.say("page.title", brief.settings().name(), brief.asOf()));
    values.put("findings", FindingSection.of(brief));
    values.put("headline", HeadlineSection.of(brief));
    values.put("sections", sections());
    values.put("style", resource("report.css"));
    values.put("charts", charts);
    values.put("script", script);
    values.put("customers", customers);
    values.put("grid", grid);
    values.put(
        "gridStyle",
        customers.isPresent() ? withoutMap(resource(GRID + "css/tabulator_simple.min.css")) : "");
    values.put("lists", lists);
    values.put("policy", policy(charts, script, grid, lists));
    values.put("settings", ChartData.text(settings()));
    values.put("say", (Mustache.Lambda) this::say);
    return COMPILER.compile(resource("report.html")).execute(values);
  }

  /** Collector that shows an optional value only if it is present. */
  private static final class Present extends DefaultCollector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> optional
          ? optional.stream().iterator()
          : super.toIterator(value);
    }
  }

  private List<Section> sections() {
    List<Section> sections =
        new ArrayList<>(
            List.of(
                new PyramidSection(brief).section(),
                new ConcentrationSection(brief).section(),
                new RfmSection(brief).section(),
                new QuadrantSection(brief).section(),
                new SegmentSection(brief).section(),
                new MovementSection(brief).section(),
                new LifecycleSection(brief).section(),
                new LifetimeSection(brief).section()));
    if (brief.settings().prediction().isPresent()) {
      sections.add(new PredictionSection(brief, brief.hasIds()).section());
    }
    if (brief.settings().hierarchy().isPresent()) {
      sections.add(new GroupSection(brief).section());
    }
    if (!brief.settings().allocation().isEmpty()) {
      sections.add(new AllocationSection(brief).section());
    }
    sections.addAll(
        List.of(
            new CoverageSection(brief).section(),
            new KeyAccountSection(brief).section(),
            new QualitySection(brief).section(),
            new ProvenanceSection(brief).section()));
    return sections;
  }

  private void say(Template.Fragment key, Writer out) throws IOException {
    out.write(COMPILER.compile("{{.}}").execute(brief.say(key.execute())));
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

  /** The content security policy: nothing is fetched, and only the scripts of this page run. */
  private static String policy(String... scripts) {
    StringBuilder allowed = new StringBuilder();
    for (String script : scripts) {
      allowed.append(" 'sha256-%s'".formatted(digest(script)));
    }
    return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
        + " style-src 'unsafe-inline'; script-src"
        + allowed;
  }

  /** A library without the remark where its sources are, which nobody can fetch. */
  private static String withoutMap(String library) {
    return library.replaceAll("(//#|/\\*#) sourceMappingURL=\\S*( \\*/)?", "");
  }

  private static String digest(String script) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource %s is missing".formatted(name));
      }

      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
