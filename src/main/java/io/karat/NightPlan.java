package io.karat;

import io.karat.frame.Money;
import io.karat.indicators.IndicatorPlan;
import io.karat.input.EventTable;
import io.karat.input.InputMapping;
import io.karat.input.Source;
import io.karat.settings.InputSettings;
import io.karat.settings.Problems;
import io.karat.settings.Settings;

/**
 * A configuration made ready for any night; nothing of it needs Spark to run.
 *
 * @param mapping how the source's rows of transactions become ours
 * @param source where they lie
 */
public record NightPlan(
    Settings settings, InputMapping mapping, Source source, IndicatorPlan indicators, Money money) {

  /** Reads everything a configuration says; what is wrong with it is noted. */
  public static NightPlan of(Settings settings, Problems problems) {
    Money money = new Money(settings.moneyScale());
    InputSettings transactions = settings.inputs().transactions();
    return new NightPlan(
        settings,
        InputMapping.of(transactions, EventTable.TRANSACTIONS, money, problems),
        new Source(
            transactions.table().tableName(),
            transactions.paths(),
            transactions.format(),
            transactions.options()),
        IndicatorPlan.of(settings, problems),
        money);
  }
}
