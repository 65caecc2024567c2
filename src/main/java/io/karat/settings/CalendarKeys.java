package io.karat.settings;

import io.karat.settings.CalendarSettings.Holiday;
import io.karat.settings.CalendarSettings.Holiday.Period;
import io.karat.settings.CalendarSettings.Holiday.Yearly;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.KeywordOr;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shape;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys under {@code calendar}. */
final class CalendarKeys {
  private static final String DAY = "(\\d{4}-\\d{2}-\\d{2})";
  private static final Pattern PERIOD = Pattern.compile(DAY + "(?: to " + DAY + ")?");
  private static final Pattern YEARLY = Pattern.compile("\\d{2}-\\d{2}");

  private static final Key<Optional<List<DayOfWeek>>> CLOSED =
      Key.byDefault(
          "closed",
          new KeywordOr<>(
              "auto",
              new ListOf<>(
                  EnumShape.of(DayOfWeek.class), "a list such as [saturday, sunday]", 0, true)),
          "auto",
          "The closed weekdays; auto takes those with rows on at most one of their last eight"
              + " days.");
  private static final Key<List<Holiday>> HOLIDAYS =
      Key.byDefault(
          "holidays",
          new ListOf<>(holiday(), "a list such as [12-25, 2026-04-03]", 0, true),
          "[]",
          "Closed days: of every year (12-25), once (2026-04-03), or several"
              + " (2026-02-16 to 2026-02-22).");

  private CalendarKeys() {}

  static Key<CalendarSettings> key() {
    return Key.block(
        "calendar",
        ObjectShape.of(List.of(CLOSED, HOLIDAYS), CalendarKeys::calendar),
        "The days on which the business is closed, for the checks freshness and anomaly.");
  }

  private static CalendarSettings calendar(ObjectFields fields) {
    return new CalendarSettings(fields.of(CLOSED), fields.of(HOLIDAYS));
  }

  private static Shape<Holiday> holiday() {
    return ScalarShape.of(
        "a day such as 12-25 or 2026-04-03, or days such as 2026-02-16 to 2026-02-22",
        JsonSchema.type("string"),
        CalendarKeys::holiday);
  }

  private static Optional<Holiday> holiday(String text) {
    try {
      return YEARLY.matcher(text).matches()
          ? Optional.of(new Yearly(MonthDay.parse("--" + text)))
          : period(text);
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<Holiday> period(String text) {
    Matcher days = PERIOD.matcher(text);
    if (!days.matches()) {
      return Optional.empty();
    }

    LocalDate first = LocalDate.parse(days.group(1));
    LocalDate last = days.group(2) == null ? first : LocalDate.parse(days.group(2));
    return last.isBefore(first) ? Optional.empty() : Optional.of(new Period(first, last));
  }
}
