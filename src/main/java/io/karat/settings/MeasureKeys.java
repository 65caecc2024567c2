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
          "table", EnumShape.of(MeasureSource.class), "transactions", "What it is taken from.");
  private static final Key<Per> PER =
      Key.byDefault(
          "per", EnumShape.of(Per.class), "row", "What is aggregated first; row is nothing.");
  private static final Key<Over> OVER =
      Key.byDefault(
          "over",
          EnumShape.of(Over.class),
          "window",
          "The days it looks at: those of the window, everything up to the as-of day, or the whole"
              + " calendar months inside the window.");
  private static final Key<Expression> WHERE =
      Key.optional("where", Shapes.expression(), "Only those for which this is true count.");
  private static final List<Key<Expression>> AGGREGATES =
      List.of(
          aggregate(Aggregate.COUNT, "How many of these are known."),
          aggregate(Aggregate.SUM, "All of these together."),
          aggregate(Aggregate.MIN, "The smallest of these."),
          aggregate(Aggregate.MAX, "The largest of these."),
          aggregate(Aggregate.FIRST, "That of the first day on which it is known."),
          aggregate(Aggregate.TWO_LARGEST, "The two largest of these together."),
          aggregate(Aggregate.LARGEST, "The channel in which these sum up to most."));
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
      refuse("largest", "channel", "Use count, sum, min, max or two_largest.", fields);
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
