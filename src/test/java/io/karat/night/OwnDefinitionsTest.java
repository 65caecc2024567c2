package io.karat.night;

import static io.karat.night.ToyFirm.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.dictionary.Dictionary;
import io.karat.explain.ExplainedFirm;
import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test that a business's own definitions are published and described like the built-in ones; the
 * test of {@code explain} covers how they are explained.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class OwnDefinitionsTest {
  @TempDir private Path folder;

  @Test
  void theyAreInTheDictionaryAndInTheCommentsOfBothLanguages(SparkSession spark) throws Exception {
    ExplainedFirm explained = ExplainedFirm.at(spark, folder);
    ToyFirm english = explained.firm();
    ToyFirm chinese = english.publishingTo(folder.resolve("chinese"));
    english.run(ExplainedFirm.NIGHT, explained.settings());
    chinese.run(ExplainedFirm.NIGHT, explained.settings("language=zh"));

    assertEquals(
        """
        big_share | trading | share | 120d | higher | Big sales | 大额占比 | Share of sales from 300 on. | 三百及以上销售所占比例。
        region | characteristic | text | null | higher | Sales region | 销售大区 | Where the customer buys. | 客户所在大区。
        return_rate | trading | share | 120d | lower | Return rate | 退货率 | Returns divided by sales. | 退货金额除以销售额。
        """,
        text(
            english
                .table("dictionary")
                .where("indicator IN ('big_share', 'region', 'return_rate')"),
            "indicator",
            "category",
            "unit",
            "time_window",
            "better",
            "label_en",
            "label_zh",
            "definition_en",
            "definition_zh"));
    assertEquals(
        "Share of sales from 300 on. Unit: share. Window: 120d.",
        comment(english, "big_share_120d"));
    assertEquals("三百及以上销售所占比例。单位：share。窗口：120d。", comment(chinese, "big_share_120d"));
    assertEquals(
        "Where the customer buys. Unit: text. Window: everything up to the as-of day.",
        comment(english, "region"));
    assertEquals("客户所在大区。单位：text。窗口：截至统计日的全部。", comment(chinese, "region"));
  }

  @Test
  void theDictionaryOfAConfigurationListsThemAmongTheBuiltInOnes(SparkSession spark) {
    ExplainedFirm explained = ExplainedFirm.at(spark, folder);
    NightPlan plan = explained.firm().plan(explained.settings());

    String english = Dictionary.of(plan, Language.EN).indicators();
    assertLine(
        english,
        "| `return_rate` | trading | Return rate | Returns divided by sales. |"
            + " `return_amount / sales_amount` | share | lower | `return_rate_120d` |");
    assertLine(
        english,
        "| `big_share` | trading | Big sales | Share of sales from 300 on. |"
            + " `big_sales / sales_amount` | share | higher | `big_share_120d` |");
    assertLine(
        english,
        "| `region` | characteristic | Sales region | Where the customer buys. | `region` | text |"
            + " higher | `region` |");
    assertLine(
        english,
        "| `big_sales` | transactions | row | window | `type = 'SALE' AND amount >= 300` |"
            + " `sum: amount` |");
    assertLine(english, "- `region`: Sales region");
    assertLine(
        english,
        "| `profit` | trading | Profit | Net sales minus net cost; unknown if a used row has no"
            + " cost. | `CASE WHEN uncosted_rows = 0 THEN net_sales_amount - (sale_cost -"
            + " return_cost) END` | money | higher | off: transactions.cost is not mapped |");

    String chinese = Dictionary.of(plan, Language.ZH).tables();
    assertLine(chinese, "| `big_share_120d` | 三百及以上销售所占比例。单位：share。窗口：120d。 |");
    assertLine(chinese, "| `return_rate_120d` | 退货金额除以销售额。单位：share。窗口：120d。 |");
    assertLine(chinese, "| `region` | 客户所在大区。单位：text。窗口：截至统计日的全部。 |");
  }

  private static String comment(ToyFirm firm, String column) {
    return firm.table("customer_indicators").schema().apply(column).getComment().get();
  }

  private static void assertLine(String text, String line) {
    assertTrue(text.lines().anyMatch(line::equals), () -> line + "\nis not in\n" + text);
  }
}
