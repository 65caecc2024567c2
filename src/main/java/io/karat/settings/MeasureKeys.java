package io.karat.settings;

import io.karat.run.LowerCase;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.Shapes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Keys of a measure. */
final class MeasureKeys {
  private static final Key<MeasureSource> TABLE =
      Key.byDefault(
          "table",
          EnumShape.of(MeasureSource.class),
          "transactions",
          "The table that is aggregated.");
  private static final Key<Per> PER =
      Key.byDefault(
          "per",
          EnumShape.of(Per.class),
          "row",
          "The level to which rows are aggregated first; row: none.");
  private static final Key<Over> OVER =
      Key.byDefault(
          "over",
          EnumShape.of(Over.class),
          "window",
          "The days that count: those of the window, all up to the as-of day, or the whole calendar"
              + " months of the window.");
  private static final Key<Expression> WHERE =
      Key.optional("where", Shapes.expression(), "A condition; only these count.");
  private static final List<Key<Expression>> AGGREGATES =
      List.of(
          aggregate(Aggregate.COUNT, "The number of known values."),
          aggregate(Aggregate.COUNT_DISTINCT, "The number of different known values."),
          aggregate(Aggregate.MONTHS, "The number of calendar months with a known value."),
          aggregate(Aggregate.SUM, "The sum of the values."),
          aggregate(Aggregate.MIN, "The smallest value."),
          aggregate(Aggregate.MAX, "The largest value."),
          aggregate(Aggregate.FIRST, "The value of the first day that has one."),
          aggregate(
              Aggregate.FIRST_MONTH,
              "The sum of the amounts in the first calendar month that has one."),
          aggregate(Aggregate.TWO_LARGEST, "The sum of the two largest values."),
          aggregate(Aggregate.LARGEST, "The channel with the largest sum."));
  private static final Expression NOTHING =
      new Expression("NULL", new Location(Location.DEFAULT, ""));

  private MeasureKeys() {}

  static ObjectShape<MeasureSettings> measure() {
    return ObjectShape.of(
            Stream.concat(Stream.of(TABLE, PER, OVER, WHERE), AGGREGATES.stream()).toList(),
            MeasureKeys::measure)
        .withExactlyOne(List.copyOf(AGGREGATES));
  }

  private static MeasureSettings measure(ObjectFields fields) {
    Optional<Key<Expression>> given = AGGREGATES.stream().filter(fields::has).findFirst();
    Aggregate aggregate = given.map(MeasureKeys::aggregate).orElse(Aggregate.COUNT);
    Per per = fields.of(PER);
    if (aggregate == Aggregate.LARGEST && per != Per.CHANNEL) {
      refuse("largest", "channel", "Use count, months, sum, min, max or two_largest.", fields);
    }
    if (aggregate == Aggregate.COUNT_DISTINCT && per != Per.ROW) {
      refuse("count_distinct", "row", "Use count, sum, min or max.", fields);
    }
    if (aggregate == Aggregate.FIRST && per != Per.DAY) {
      refuse("first", "day", "Use min or max.", fields);
    }

    return new MeasureSettings(
        fields.at().name(),
        fields.of(TABLE),
        per,
        fields.of(OVER),
        fields.find(WHERE),
        aggregate,
        given.flatMap(fields::find).orElse(NOTHING),
        fields.at());
  }

  private static void refuse(String aggregate, String per, String advice, ObjectFields fields) {
    Location at = fields.at().child(aggregate);
    fields.problems().add(at, "'%s' needs 'per: %s'. %s".formatted(at.key(), per, advice));
  }

  private static Key<Expression> aggregate(Aggregate aggregate, String meaning) {
    String name = LowerCase.of(aggregate);
    return Key.optional(name, Shapes.expression(), meaning);
  }

  private static Aggregate aggregate(Key<Expression> key) {
    return Aggregate.valueOf(key.name().toUpperCase(Locale.ROOT));
  }
}
