package io.karat.report;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.report.Section.View;
import io.karat.settings.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the sections on classes, tiers and criteria. */
class RankedSectionsTest {
  @Test
  void whoBringsVolumeAndWhoBringsProfitIsSaid() {
    Section english = new ProfitSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Largest net sales: Large, with more volume than profit: 80.0 % of net sales, 50.0 % of"
            + " profit, which is 10.0 % of its net sales. More profit than volume:"
            + " Small (20.0 % of net sales, 50.0 % of profit). After service cost there"
            + " remain: Large 20 EUR (2.5 % of its net sales); Small 70 EUR (35.0 % of its net"
            + " sales). Profit is known for 95 of 100 customers.",
        says(english));
    assertEquals(
        "Large, 10, 10.0 %, 800.00 EUR, 80.0 %, 80.00 EUR, 50.0 %, 10.0 %, 60.00 EUR, 20.00 EUR, 2.5 %",
        row(english, 0));
    assertEquals(
        "“大客户”净销售额最大，但利润占比较低：占净销售额 80.0%，占利润 50.0%；利润率 10.0%。利润占比高于净销售额占比的有：小客户（占净销售额"
            + " 20.0%，占利润 50.0%）。扣除服务成本后剩余：大客户 20 EUR（为其净销售额的 2.5%）；小客户 70 EUR（为其净销售额的"
            + " 35.0%）。共 100 位客户，其中 95 位利润已知。",
        says(new ProfitSection(brief(Language.ZH)).section().orElseThrow()));
  }

  /** Platinum too has more volume than profit, which a sentence about Gold alone leaves out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EN | 40 | More volume than profit too: Platinum (30.0 % of net sales, 20.0 % of profit). More profit than volume: Basic (20.0 % of net sales, 40.0 % of profit).",
        "EN | 60 | More volume than profit: Platinum (30.0 % of net sales, 20.0 % of profit).",
        "ZH | 40 | 利润占比同样较低的还有：Platinum（占净销售额 30.0%，占利润 20.0%）。利润占比高于净销售额占比的有：Basic（占净销售额 20.0%，占利润 40.0%）。",
      })
  void eachLevelIsSaidToHaveMoreVolumeOrMoreProfit(Language language, int gold, String says) {
    String tiers =
        """
        model       | tier     | tier_name | tier_name_zh | position | customer_count | customer_share | net_sales_amount_365d | net_sales_share | profit | profit_share
        profit_tier | PLATINUM | Platinum  | Platinum     | 1        | 1              | 0.1            | 300                   | 0.3             | 20     | 0.2
        profit_tier | GOLD     | Gold      | Gold         | 2        | 3              | 0.3            | 500                   | 0.5             | %d     | 0.%d
        profit_tier | BASIC    | Basic     | Basic        | 3        | 6              | 0.6            | 200                   | 0.2             | %d     | 0.%d
        """
            .formatted(gold, gold, 80 - gold, 80 - gold);

    String said = says(new ProfitSection(brief(language, "tiers", tiers)).section().orElseThrow());

    assertTrue(said.contains(says), said);
  }

  @Test
  void openComplaintsAndThoseWonBackAreSaid() {
    Section english = new RecoverySection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Open: 4 complaints of 3 customers with net sales of 120 EUR in the last 365 days; the"
            + " most, 3, at level Small. Resolved complaints of the last 365 days (8) took 3.3 days"
            + " on average. After 7 of 12 complaints of the last 365 days the customer bought again within"
            + " 90 days; after the newest, these 90 days are not over.",
        says(english));
    assertEquals("Large, 10, 80.0 %, 1, 25.0 %, 2.0, 1, 14.3 %", row(english, 0));
    assertEquals(
        "未解决：3 位客户的 4 次投诉，这些客户近 365 天净销售额 120 EUR；“小客户”最多，为 3 次。近 365 天已解决的 8 次投诉平均用时"
            + " 3.3 天。近 365 天的 12 次投诉中，有 7 次投诉后客户在 90 天内再次购买；最近的投诉尚未满 90 天。",
        says(new RecoverySection(brief(Language.ZH)).section().orElseThrow()));
  }

  /** Nothing is drawn of open complaints where none is known to be open. */
  @Test
  void whoCameBackIsDrawnWhereNoComplaintIsOpen() {
    String tiers = HandMadeFigures.TIERS.replaceAll("\\| [13] +\\| (4.25|2 ) ", "|  | $1 ");
    Section section =
        new RecoverySection(brief(Language.EN, "tiers", tiers)).section().orElseThrow();

    assertEquals("Large, 10, 80.0 %, 2.0, 1, 14.3 %", row(section, 0));
    String data = section.views().get(0).drawing().orElseThrow().data();
    assertTrue(data.contains("Share of all won back"), data);
    assertTrue(!data.contains("open complaints"), data);
  }

  @Test
  void theFunnelSaysWhatEachCriterionCosts() {
    Section english = new ScreeningSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Of 20 customers screened, all criteria are met by 4, with net sales of 250 EUR in the last"
            + " 365 days: 25.0 % of those of all customers. The criterion that costs most is"
            + " Payment index (last 365 days) at least 70: without it, 1 customer with net sales of"
            + " 90 EUR would pass as well. Least is known of Satisfaction (last 365 days): it is unknown for"
            + " 6 customers.",
        says(english));
    assertEquals(
        "Satisfaction (last 365 days) at least 4, 25.0 %, 5, 9, 6, 0, 0.00 EUR, 25.0 %, 5, 340.00 EUR",
        row(english, 0));
    assertTrue(
        says(new ScreeningSection(brief(Language.ZH)).section().orElseThrow())
            .startsWith("参与筛选的 20 位客户中有 4 位满足全部标准，近 365 天净销售额 250 EUR，占全部客户净销售额的 25.0%。"));
  }

  /** 500 of 800 EUR of net sales, 45 of 80 EUR of profit. */
  @Test
  void whatKeyCustomersValueIsSaid() {
    Section english = new BuyerTypeSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Of 10 customers selected, 4 have a decided type. Most net sales come from Service-minded:"
            + " 3 customers with 500 EUR in the last 365 days, 62.5 % of those of all selected."
            + " Most profit comes from Price-minded: 45 EUR, 56.3 % of that of all selected.",
        says(english));
    assertEquals(
        "Service-minded, 3, 30.0 %, 500.00 EUR, 62.5 %, 30.00 EUR, 37.5 %", row(english, 0));
    assertEquals(
        "Miller (c4), Price-minded, 80.00 EUR, 45.00 EUR, 20",
        english.views().get(1).grid().orElseThrow().rows().get(2).cells().stream()
            .map(HtmlTable.Cell::text)
            .collect(joining(", "))
            .replace('\u00a0', ' '));
    assertEquals(
        "选定的 10 位客户中有 4 位类型已定。净销售额最多的是“外在价值型（重服务）”：3 位客户，近 365 天 500 EUR，占全部选定客户的"
            + " 62.5%。利润最多的是“内在价值型（重价格）”：45 EUR，占全部选定客户的 56.3%。",
        says(new BuyerTypeSection(brief(Language.ZH)).section().orElseThrow()));
    assertEquals(
        "Of 6 customers selected, nobody has a decided type.",
        says(
            new BuyerTypeSection(
                    brief(
                        Language.EN,
                        BuyerTypeSection.LARGEST,
                        HandMadeFigures.BUYERS.replaceAll("c[147] .*\n", "")))
                .section()
                .orElseThrow()));
  }

  /** 0.25 and 0.8 of net sales of 300 EUR. */
  @Test
  void aStatedRateThatIsRefutedIsSaidInMoney() {
    Section english = new ChurnSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Over 2 pairs of nights, 90 days apart, 12 of 140 customers with a known satisfaction left."
            + " The refuted rate that weighs most is that of satisfaction 1: 80.0 % stated, 25.0 %"
            + " observed (14.2 % to 40.2 %), so it is too high. Of the net sales of 8 customers now"
            + " at this level, 75 EUR are expected to go, not 240 EUR.",
        says(english));
    assertEquals(
        "Satisfaction 1, 80.0 %, 25.0 %, 14.2 % to 40.2 %, 40, 10, Stated too high, 8, 300.00 EUR",
        row(english, 0));
    assertTrue(
        says(new ChurnSection(brief(Language.ZH)).section().orElseThrow())
            .endsWith("该等级现有 8 位客户，其净销售额预期流失 75 EUR，而非 240 EUR。"));
    assertEquals(
        "No stated rate is refuted: 1 of 1 are confirmed, of the others too few customers were"
            + " observed.",
        says(new ChurnSection(
                    brief(
                        Language.EN,
                        "churn_levels",
                        HandMadeFigures.CHURN.replaceAll("1 .*TOO_HIGH.*\n", "")))
                .section()
                .orElseThrow())
            .replaceFirst(".*left\\. ", ""));
  }

  @Test
  void whatAClassByOneIndicatorMissesIsSaid() {
    Section english = new DisagreementSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Large (Customer class) leaves out 1 of 1 customer in Platinum (Profit pyramid), with net"
            + " sales of 50 EUR in the last 365 days. Platinum (Profit pyramid) leaves out 10 of 10"
            + " customers in Large (Customer class), with net sales of 800 EUR in the last 365"
            + " days.",
        says(english));
    assertEquals(
        "Large (Customer class), Platinum (Profit pyramid), 10, 800.00 EUR, 80.00 EUR",
        row(english, 0));
    assertEquals(
        "铂金（利润金字塔）共 1 位客户，其中 1 位不在大客户（客户分类）之列，近 365 天净销售额 50"
            + " EUR。大客户（客户分类）共 10 位客户，其中 10 位不在铂金（利润金字塔）之列，近 365 天净销售额 800 EUR。",
        says(new DisagreementSection(brief(Language.ZH)).section().orElseThrow()));
  }

  /**
   * The margin pyramid goes by the gross margin alone: beside a class by it, only the cuts differ.
   */
  @ParameterizedTest
  @CsvSource({"gross_margin_365d, false", "net_sales_amount_365d, true"})
  void aPyramidByTheIndicatorOfTheClassMisleadsNobody(String indicator, boolean isShown) {
    ReportData brief =
        HandMadeFigures.brief(
            Language.EN,
            Map.of(
                "tiers",
                """
                model          | tier        | tier_name   | tier_name_zh | position | customer_count | by_column
                customer_class | LARGE       | Large       | 大客户       | 1        | 10             | %s
                margin_tier    | HIGH_MARGIN | High margin | 高毛利       | 1        | 4              |
                """
                    .formatted(indicator),
                "class_disagreements",
                """
                model       | level      | other_model    | other_level | is_disagreement | customer_count | net_sales_amount_365d
                margin_tier | LOW_MARGIN | customer_class | LARGE       | true            | 6              | 500
                """));

    assertEquals(isShown, new DisagreementSection(brief).section().isPresent());
  }

  /** The longest period is shown, from 2026-01-30 to 2026-03-01. */
  @Test
  void accountsGainedAndLostAreNamed() {
    Section english = new AccountChangeSection(brief(Language.EN)).section().orElseThrow();

    assertEquals(
        "Since the night of 2026-01-30 (30 days): 2 customers came into Large, with net sales of"
            + " 150 EUR in the last 365 days, and of 30 EUR in those up to that night. 1 customer"
            + " left Large, with net sales of 80 EUR in the 365 days up to that night, and of 10"
            + " EUR in the last 365 days.",
        says(english));
    assertEquals(
        "c9, Small, Large, 20.00 EUR, 90.00 EUR, 12.00 EUR, net sales (last 365 days); recency",
        row(english, 0));
    assertEquals("Miller (c4), Large, Small, 80.00 EUR, 10.00 EUR, 1.00 EUR, ", row(english, 1));
    assertEquals(
        "较 2026-01-30 批次（相隔 30 天）：2 位客户进入“大客户”，近 365 天净销售额 150 EUR，截至该批次为 30 EUR。1"
            + " 位客户离开“大客户”，截至该批次的近 365 天净销售额 80 EUR，现为 10 EUR。",
        says(new AccountChangeSection(brief(Language.ZH)).section().orElseThrow()));
  }

  /** 6,040 customers are too many for bubbles; 100 points are in the last of the squares. */
  @Test
  void theDensityOfManyCustomersIsDrawn() {
    Section section = new QuadrantSection(brief(Language.EN)).section();
    String data = section.views().get(0).drawing().orElseThrow().data();

    assertTrue(
        data.contains(
            """
            "cells":[{"x":40,"y":20,"value":1,"tip":"1 customer\\nCurrent value 40–45, potential value 20–25 points"},\
            {"x":95,"y":95,"value":6040,"tip":"6,040 customers\\nCurrent value 95–100, potential value 95–100 points"}]"""),
        data);
    assertTrue(section.about().startsWith("The stronger the colour of a square"), section::about);
  }

  @Test
  void aCellThatIsBothTheFullestAndTheRichestIsToldOfOnce() {
    String cells =
        """
        grid | frequency_bin | monetary_bin | customer_count | customer_share | net_sales_amount_365d | net_sales_share
        FM   | 1             | 1            | 40             | 0.4            | 50                    | 0.05
        FM   | 2             | 2            | 60             | 0.6            | 950                   | 0.95
        """;

    assertEquals(
        "One cell, frequency 2 and monetary value 2, has both the most net sales and the most"
            + " customers: 60 customers, which is 60.0 % of customers, and 95.0 % of net sales.",
        says(new RfmSection(brief(Language.EN, "rfm_cells", cells)).section()));
    assertEquals(
        "净销售额最多与客户最多的是同一个单元格频率 2、金额 2：60 位客户，占客户的 60.0%，占净销售额的 95.0%。",
        says(new RfmSection(brief(Language.ZH, "rfm_cells", cells)).section()));
  }

  /** Bins begin where the one before ends; with two equal cut points one is empty. */
  @Test
  void aBinWithoutAnyValueSaysSo() {
    String cells =
        """
        grid | frequency_bin | frequency_from | frequency_to | recency_bin | recency_from | recency_to | customer_count | customer_share | net_sales_amount_365d | net_sales_share
        FR   | 1             |                | 2            | 1           | 40           |            | 40             | 0.4            | 50                    | 0.05
        FR   | 2             | 2              | 2            | 1           | 40           |            | 0              | 0              | 0                     | 0
        FR   | 3             | 2              |              | 2           |              | 40         | 60             | 0.6            | 950                   | 0.95
        """;

    String english = drawn(new RfmSection(brief(Language.EN, "rfm_cells", cells)).section());
    assertTrue(english.contains("\"2\\nno values\",\"3\\n≥ 2\"]"), english);
    assertTrue(
        drawn(new RfmSection(brief(Language.ZH, "rfm_cells", cells)).section())
            .contains("\"2\\n无取值\""));
  }

  /** Shorter forms would say "2 … <2" of 2.1 to 2.4, and "10.0k … <10.0k" of 10,010 to 10,040. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2     | 4     | 2 … <4",
        "2.1   | 2.4   | 2.10 … <2.40",
        "10010 | 10040 | 10,010 … <10,040",
        "10000 | 20000 | 10.0k … <20.0k",
        "0.001 | 0.004 | 0.001 … <0.004",
      })
  void limitsThatDifferLookDifferent(String from, String to, String limits) {
    String cells =
        """
        grid | frequency_bin | frequency_from | frequency_to | monetary_bin | monetary_from | monetary_to | customer_count | customer_share | net_sales_amount_365d | net_sales_share
        FM   | 1             |                | 2            | 1            |               | %1$s        | 40             | 0.4            | 50                    | 0.05
        FM   | 2             | 2              |              | 2            | %1$s          | %2$s        | 60             | 0.6            | 950                   | 0.95
        """
            .formatted(from, to);

    String drawn = drawn(new RfmSection(brief(Language.EN, "rfm_cells", cells)).section());
    assertTrue(drawn.contains("\"2\\n" + limits.replace("<", "\\u003c") + "\""), drawn);
  }

  /** A color means one thing: that of net sales is nobody else's, in whatever place they are. */
  @Test
  void netSalesHaveTheirColorInEveryChart() {
    String profit = drawn(new ProfitSection(brief(Language.EN)).section().orElseThrow());
    String recovery = drawn(new RecoverySection(brief(Language.EN)).section().orElseThrow());

    for (String data : List.of(profit, recovery)) {
      assertTrue(data.contains("\"name\":\"Share of net sales\",\"color\":\"rank1\""), data);
    }
    assertTrue(
        recovery.contains("\"name\":\"Share of open complaints\",\"color\":\"kind2\""), recovery);
  }

  /** "5 customers changed state (5 changed)" says it twice. */
  @Test
  void movesBetweenStatesWithoutOrderAreCountedOnce() {
    String moves =
        """
        model     | period_days | from_date  | from_state | from_state_name | to_state | to_state_name | customer_count
        lifecycle | 30          | 2026-01-30 | ACTIVE     | Active          | LAPSED   | Lapsed        | 5
        lifecycle | 30          | 2026-01-30 | ACTIVE     | Active          | ACTIVE   | Active        | 7
        """;
    String news = "lifecycle | 30 | 2026-01-30 | never_seen | Never seen | ACTIVE | Active | 2\n";

    assertTrue(
        says(new MovementSection(brief(Language.EN, "transitions", moves)).section())
            .contains(", 5 customers changed state and 7 stayed."));
    assertTrue(
        says(new MovementSection(brief(Language.EN, "transitions", moves + news)).section())
            .contains(", 7 customers changed state (5 changed, 2 new) and 7 stayed."));
  }

  /** A limit has the unit of what it limits: money, a share, or the points of a score. */
  @ParameterizedTest
  @CsvSource({
    "net_sales_amount_365d, 51870.82, '51,870.82 EUR'",
    "margin_365d, 0.05, 5 %",
    "profit_score, 84.75, 84.8 points",
  })
  void lowerLimitsHaveUnits(String column, String limit, String shown) {
    String tiers =
        """
        model          | position | tier  | tier_name | by_column | definition  | cut_value | customer_count | customer_share
        customer_class | 1        | LARGE | Large     | %1$s      | from %2$s   | %2$s      | 10             | 0.1
        """
            .formatted(column, limit);
    String dictionary =
        """
        table_name          | column_name           | label_en  | unit
        customer_indicators | net_sales_amount_365d | Net sales | money
        customer_indicators | margin_365d           | Margin    | share
        """;
    Section section =
        new PyramidSection(
                HandMadeFigures.brief(
                    Language.EN, Map.of("tiers", tiers, "dictionary", dictionary)))
            .section();

    assertTrue(
        row(section, 0).startsWith("Large, from %1$s on, %1$s, 10".formatted(shown)),
        () -> row(section, 0));
  }

  /** What a person has set as 0.5 is 50 %, and an amount is not rounded to millions. */
  @ParameterizedTest
  @CsvSource({
    "active_month_share_365d, 0.5, Months at least 50 %",
    "purchasing_power, 1064813, 'Power at least 1,064,813 EUR'",
  })
  void criteriaHaveTheirLimitsInFull(String column, String limit, String shown) {
    String funnel =
        """
        screening    | position | criterion | by_column | bound | bound_value | customer_count | passed_count | failed_count | unknown_count | failed_alone_count | failed_alone_net_sales_amount_365d | remaining_count | net_sales_amount_365d
        key_customer | 1        | it        | %s        | min   | %s          | 20             | 5            | 15           | 0             | 0                  | 0                                  | 5               | 340
        """
            .formatted(column, limit);
    String dictionary =
        """
        table_name          | column_name             | label_en | unit
        customer_indicators | active_month_share_365d | Months   | share
        customer_indicators | purchasing_power        | Power    | money
        """;
    Section section =
        new ScreeningSection(
                HandMadeFigures.brief(
                    Language.EN, Map.of("screening_funnel", funnel, "dictionary", dictionary)))
            .section()
            .orElseThrow();

    assertTrue(row(section, 0).startsWith(shown + ", 25.0 %"), () -> row(section, 0));
  }

  /** "The most comes from no" does not say of what. */
  @Test
  void aFlagIsNamedInASentence() {
    String coverage =
        """
        characteristic | value | customer_count | net_sales_amount_365d
        is_listed      | false | 9              | 90
        is_listed      | true  | 1              | 10
        """;

    assertEquals(
        "The most comes from no (is listed): 90.0 % of net sales, with 90.0 % of customers.",
        says(new CoverageSection(brief(Language.EN, "market_coverage", coverage)).section()));
  }

  /** All 100 customers buy by one of two channels, or by both. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EN | 50 | The most comes from STORE: 80.0 % of net sales, with 50.0 % of customers.",
        "EN | 75 | The most comes from STORE: 80.0 % of net sales, with 75.0 % of customers. Whoever buys by several channels counts in each, so that the shares of customers add up to 125.0 %.",
        "ZH | 75 | 贡献最大的是“STORE”：75.0% 的客户贡献了 80.0% 的净销售额。在多个渠道购买的客户在各渠道分别计数，因此客户占比合计为 125.0%。",
      })
  void customersOfSeveralChannelsCountInEach(Language language, int stores, String says) {
    String coverage =
        """
        characteristic | value | customer_count | net_sales_amount_365d
        channel        | STORE | %d             | 800
        channel        | WEB   | 50             | 200
        """
            .formatted(stores);

    assertEquals(
        says, says(new CoverageSection(brief(language, "market_coverage", coverage)).section()));
  }

  /** Of a segment, and on the card of a customer: neither knows what is true or false. */
  @ParameterizedTest
  @CsvSource({
    "EN, 'Is listed no: 90.0 %, 1.50 times the share among all customers'",
    "ZH, '上市 否：90.0%，为全部客户占比的 1.50 倍'"
  })
  void aFlagOfASegmentIsYesOrNo(Language language, String trait) {
    ReportData brief =
        HandMadeFigures.brief(
            language,
            Map.of(
                "segments",
                """
                segment_id | segment_name | segment_name_zh | position | definition               | customer_count | customer_share | net_sales_amount_365d | net_sales_share
                S1         | Stars        | 明星            | 1        | recency_days >= 100      | 10             | 0.1            | 500                   | 0.5
                """,
                "segment_profiles",
                """
                segment_id | segment_name | segment_name_zh | indicator | value | customer_count | mean | lift
                S1         | Stars        | 明星            | is_listed | false | 9              | 0.9  | 1.5
                """,
                "dictionary",
                """
                table_name          | column_name  | label_en  | label_zh | unit
                customer_indicators | is_listed    | Is listed | 上市     | flag
                customer_indicators | recency_days | Recency   | 近度     | days
                """));

    assertEquals(
        List.of(trait),
        new SegmentSection(brief)
            .section().views().get(0).portraits().get(0).traits().stream()
                .map(it -> it.replace('\u00a0', ' '))
                .toList());
    assertEquals(language == Language.EN ? "yes" : "是", brief.voice().value("true"));
    assertEquals("NORTH", brief.voice().value("NORTH"));
  }

  private static String drawn(Section section) {
    return section.views().get(0).drawing().orElseThrow().data();
  }

  /** Visits of the key of a resource begin a sentence. */
  @Test
  void effortNowAndProposedIsSaid() {
    String allocation =
        """
        resource | model       | tier  | position | customer_count | effort_now | effort_proposed | effort_gap
        visits   | profit_tier | GOLD  | 1        | 10             | 30         | 45              | 15
        visits   | profit_tier | BASIC | 2        | 90             | 60         | 5               | -55
        """;
    Section section =
        new AllocationSection(brief(Language.EN, "resource_allocation", allocation)).section();

    assertEquals("Visits: 50 units are proposed; 90 are spent now.", says(section));
  }

  /** Of the basic tier no answers are known: 60 of 95 EUR are its own, and do not count. */
  @Test
  void whatTheProposedEffortIsExpectedToBringIsSaid() {
    Map<String, String> allocation =
        Map.of(
            "resource_allocation",
            """
            resource | model       | tier   | tier_name | tier_name_zh | position | customer_count | effort_now | effort_proposed | effort_gap | profit_now | expected_profit | marginal_profit
            visits   | profit_tier | GOLD   | Gold      | 金           | 1        | 10             | 30         | 45              | 15         | 25         | 40              | 1.5
            visits   | profit_tier | SILVER | Silver    | 银           | 2        | 20             | 20         | 0               | -20        | 10         | 4               | -2
            visits   | profit_tier | BASIC  | Basic     | 普通         | 3        | 70             | 60         | 5               | -55        | 60         |                 |
            """);
    String[] settings = {
      "allocation.visits={total: 50, per: quarter, measure: transaction_count_90d, order: profit_tier,"
          + " value: net_sales_amount_90d, method: value}"
    };

    assertEquals(
        "Visits: of 50 units for 90 days, 50 are proposed; 110 are spent now. Where the response is"
            + " known, the profit of this period less the cost of effort is expected to be 44 EUR;"
            + " now it is 35 EUR. One more unit is expected to bring most in Gold: 1.50 EUR.",
        says(
            new AllocationSection(HandMadeFigures.brief(Language.EN, allocation, settings))
                .section()));
    assertTrue(
        says(new AllocationSection(HandMadeFigures.brief(Language.ZH, allocation, settings))
                .section())
            .endsWith(
                "90 天共 50 个单位，建议投入 50 个，现投入 110 个。在已知响应的层级，本周期扣除投入成本后的利润预期为"
                    + " 44 EUR，现为 35 EUR。再增加一个单位，预期在“金”收益最大：1.50 EUR。"));
  }

  /** The two groups have 700 of 1,000 EUR. */
  @Test
  void theLargestGroupIsNamed() {
    String groups =
        """
        customer_id | group_customer_count | group_levels | own_net_sales_amount_365d | child_net_sales_amount_365d | total_net_sales_amount_365d | largest_member_share
        c4          | 3                    | 2            | 100                       | 500                         | 600                         | 0.5
        c9          | 2                    | 2            | 90                        | 10                          | 100                         | 0.9
        """;

    assertEquals(
        "2 groups with the largest net sales: 5 customers, who make 70.0 % of the net sales of all."
            + " The largest is c4, with 600 EUR.",
        says(new GroupSection(brief(Language.EN, "customer_groups", groups)).section()));
    assertTrue(
        says(new GroupSection(brief(Language.ZH, "customer_groups", groups)).section())
            .endsWith("占全部净销售额的 70.0%。最大的是 c4，净销售额 600 EUR。"));
  }

  /** A night of sales alone, the first one. */
  @Test
  void nothingIsSaidWhereThereIsNothingToCompare() {
    ReportData brief = HandMadeFigures.brief(Language.EN, Map.of());

    assertEquals(Optional.empty(), new ProfitSection(brief).section());
    assertEquals(Optional.empty(), new RecoverySection(brief).section());
    assertEquals(Optional.empty(), new ScreeningSection(brief).section());
    assertEquals(Optional.empty(), new BuyerTypeSection(brief).section());
    assertEquals(Optional.empty(), new ChurnSection(brief).section());
    assertEquals(Optional.empty(), new DisagreementSection(brief).section());
    assertEquals(Optional.empty(), new AccountChangeSection(brief).section());
    assertEquals(
        Optional.empty(),
        new ChurnSection(
                brief(
                    Language.EN,
                    "churn_levels",
                    HandMadeFigures.CHURN
                        .replaceAll("\\| 2 +\\| 40 ", "| 0 | 0 ")
                        .replaceAll("\\| 100 ", "| 0 ")))
            .section());
  }

  /**
   * Not by their codes, by which Basic came before Gold; who was never seen or has left is last.
   */
  @Test
  void movesAreListedFromTheBestStateToTheWorst() {
    Section moves =
        new MovementSection(
                brief(
                    Language.EN,
                    "transitions",
                    """
                    model       | period_days | from_date  | from_state | from_state_name | to_state | to_state_name | customer_count
                    profit_tier | 30          | 2026-01-30 | BASIC      | Basic           | GOLD     | Gold          | 2
                    profit_tier | 30          | 2026-01-30 | GOLD       | Gold            | BASIC    | Basic         | 1
                    profit_tier | 30          | 2026-01-30 | GOLD       | Gold            | GOLD     | Gold          | 7
                    profit_tier | 30          | 2026-01-30 | GOLD       | Gold            | PLATINUM | Platinum      | 1
                    profit_tier | 30          | 2026-01-30 | PLATINUM   | Platinum        | left     | Left          | 3
                    profit_tier | 30          | 2026-01-30 | never_seen | Never seen      | GOLD     | Gold          | 5
                    profit_tier | 30          | 2026-01-30 | unknown    | Not ranked      | BASIC    | Basic         | 4
                    """))
            .section();

    assertEquals(
        """
        Platinum, Left, 3
        Gold, Gold, 7
        Gold, Platinum, 1
        Gold, Basic, 1
        Basic, Gold, 2
        Not ranked, Basic, 4
        Never seen, Gold, 5""",
        IntStream.range(0, 7)
            .mapToObj(number -> row(moves, number).replaceFirst(", , , $", ""))
            .collect(joining("\n")));
  }

  private static String says(Section section) {
    return section.views().stream()
        .map(View::says)
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElseThrow()
        .replace('\u00a0', ' ');
  }

  private static String row(Section section, int number) {
    return section.views().get(0).grid().orElseThrow().rows().get(number).cells().stream()
        .map(HtmlTable.Cell::text)
        .collect(joining(", "))
        .replace('\u00a0', ' ');
  }

  private static ReportData brief(Language language) {
    return HandMadeFigures.brief(language, HandMadeFigures.ALL);
  }

  private static ReportData brief(Language language, String table, String rows) {
    return HandMadeFigures.brief(language, Map.of(table, rows));
  }
}
