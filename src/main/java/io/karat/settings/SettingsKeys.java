package io.karat.settings;

import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.Shapes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys of the configuration at the top level. Start reading here. */
final class SettingsKeys {
  private static final Key<String> NAME =
      Key.byDefault("name", Shapes.text("text"), "karat", "The name of this job in reports.");
  private static final Key<ZoneId> TIME_ZONE =
      Key.byDefault("time_zone", Shapes.timeZone(), "UTC", "The time zone of business days.");
  private static final Key<Currency> CURRENCY =
      Key.optional("currency", Shapes.currency(), "The currency of all amounts, for labels.");
  private static final Key<Integer> MONEY_SCALE =
      Key.byDefault(
          "money_scale",
          Shapes.wholeNumber(0, Settings.MOST_DECIMALS),
          "2",
          "Decimals kept in money.");
  private static final Key<Language> LANGUAGE =
      Key.byDefault(
          "language",
          EnumShape.of(Language.class),
          "en",
          "The language of labels in report, comments and dictionary.");
  private static final Key<Inputs> INPUTS =
      Key.required("inputs", InputKeys.inputs(), "{}", "The tables that a night reads.");
  private static final Key<Indicators> INDICATORS =
      Key.block("indicators", IndicatorKeys.indicators(), "Windows, measures and indicators.");
  private static final Key<Optional<LifetimeSettings>> LIFETIME_VALUE = LifetimeKeys.key();
  private static final Key<Optional<PredictionSettings>> PREDICTION = PredictionKeys.key();
  private static final Key<Optional<MatchingSettings>> MATCHING = MatchingKeys.key();
  private static final Key<Map<String, AllocationSettings>> ALLOCATION = AllocationKeys.key();
  private static final Key<Optional<HierarchySettings>> HIERARCHY = HierarchyKeys.key();
  private static final Key<Optional<MovementSettings>> MOVEMENT = MovementKeys.key();
  private static final Key<CalendarSettings> CALENDAR = CalendarKeys.key();
  private static final Key<Checks> CHECKS =
      Key.block("checks", CheckKeys.checks(), "Checks of data quality.");
  private static final Key<Output> OUTPUT =
      Key.block("output", OutputKeys.output(), "Output folder, publishers and retention.");

  private static final Key<NotificationSettings> NOTIFY = NotificationKeys.key();

  private static final String OF_INDICATORS = "unknown key '%s'. It belongs under 'indicators'.";

  static final ObjectShape<Settings> ROOT =
      ObjectShape.of(keys(), SettingsKeys::settings)
          .refusing("windows", OF_INDICATORS)
          .refusing("measures", OF_INDICATORS)
          .refusing("custom", OF_INDICATORS);

  private SettingsKeys() {}

  private static List<Key<?>> keys() {
    List<Key<?>> keys =
        new ArrayList<>(
            List.of(
                NAME,
                TIME_ZONE,
                CURRENCY,
                MONEY_SCALE,
                LANGUAGE,
                InputKeys.ROUND_AMOUNTS,
                InputKeys.KEEP_IDS,
                INPUTS,
                INDICATORS));
    keys.addAll(ModelKeys.ALL);
    keys.addAll(
        List.of(
            LIFETIME_VALUE,
            PREDICTION,
            MATCHING,
            ALLOCATION,
            HIERARCHY,
            MOVEMENT,
            CALENDAR,
            CHECKS,
            OUTPUT,
            NOTIFY));
    return keys;
  }

  private static Settings settings(ObjectFields fields) {
    Map<String, AllocationSettings> allocation = fields.of(ALLOCATION);
    return new Settings(
        fields.of(NAME),
        fields.of(TIME_ZONE),
        fields.find(CURRENCY),
        fields.of(MONEY_SCALE),
        fields.of(LANGUAGE),
        fields.of(InputKeys.ROUND_AMOUNTS),
        fields.of(InputKeys.KEEP_IDS),
        fields.of(INPUTS),
        fields.of(INDICATORS),
        ModelKeys.models(fields, AllocationKeys.named(allocation)),
        fields.of(LIFETIME_VALUE),
        fields.find(PREDICTION).flatMap(it -> it),
        fields.find(MATCHING).flatMap(it -> it),
        allocation,
        fields.find(HIERARCHY).flatMap(it -> it),
        fields.of(MOVEMENT),
        fields.of(CALENDAR),
        fields.of(CHECKS),
        fields.of(OUTPUT),
        fields.find(NOTIFY));
  }
}
