package io.karat.settings;

import io.karat.run.LowerCase;
import io.karat.run.Umask;
import io.karat.settings.Output.Destination;
import io.karat.settings.Output.Iceberg;
import io.karat.settings.Output.Report;
import io.karat.settings.Output.Retention;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shapes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys under {@code output}. */
final class OutputKeys {
  private static final int MOST_RELEASES = 10_000;
  private static final int MOST_DAYS = 36_500;
  private static final int MOST_ROWS = 100_000;
  private static final int MOST_MINUTES = 100_000;

  private static final Key<String> PATH =
      Key.byDefault(
          "path",
          Shapes.text("a path"),
          "out",
          "The folder of commits, releases, history, models and state.");
  private static final Key<List<Destination>> PUBLISH =
      Key.byDefault(
          "publish",
          new ListOf<>(EnumShape.of(Destination.class), "a list such as [directory]", 1, false),
          "[directory]",
          "The publishers of the tables.");
  private static final Key<Integer> RELEASES =
      Key.byDefault(
          "releases",
          Shapes.wholeNumber(2, MOST_RELEASES),
          "14",
          "The number of releases kept, the live one and the one before included.");
  private static final Key<Integer> QUARANTINE_DAYS =
      Key.byDefault(
          "quarantine_days",
          Shapes.wholeNumber(1, MOST_DAYS),
          "90",
          "The number of days for which quarantined rows are kept.");
  private static final Key<Integer> READER_MINUTES =
      Key.byDefault(
          "reader_minutes",
          Shapes.wholeNumber(0, MOST_MINUTES),
          "60",
          "The number of minutes for which the files of a release stay after it was live, so that"
              + " nobody who reads it is interrupted.");
  private static final Key<Retention> RETENTION =
      Key.block(
          "retention",
          ObjectShape.of(
              List.of(RELEASES, QUARANTINE_DAYS, READER_MINUTES),
              fields ->
                  new Retention(
                      fields.of(RELEASES), fields.of(QUARANTINE_DAYS), fields.of(READER_MINUTES))),
          "Retention of releases and quarantined rows.");
  private static final Key<Integer> HISTORY_DAYS =
      Key.byDefault(
          "history_days",
          Shapes.wholeNumber(1, MOST_DAYS),
          "400",
          "The number of days of nights in customer_value_history.");
  private static final Key<String> METRICS_FILE =
      Key.optional(
          "metrics_file",
          Shapes.text("a path"),
          "The file of metrics of the latest run, for Prometheus; by default metrics.prom in the"
              + " output folder.");
  private static final Pattern OCTAL = Pattern.compile("0[0-7]{2}");
  private static final Key<Umask> UMASK =
      Key.byDefault(
          "umask",
          ScalarShape.of(
              "three octal digits of which the first is 0, such as 027",
              JsonSchema.text(),
              text -> Optional.of(text).filter(OCTAL.asMatchPredicate()).map(Umask::new)),
          "027",
          "The permissions that new files and folders do not have, as in a shell.");
  private static final Key<Optional<PostgreSql>> POSTGRESQL =
      Key.block(
          "postgresql", PostgreSqlKeys.block(), "The database from which BI tools read tables.");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern NAMESPACE_NAME = Pattern.compile("%1$s(\\.%1$s)*".formatted(NAME));
  private static final Key<String> CATALOG =
      Key.optional(
          "catalog",
          ScalarShape.of(
              "the name of a catalog such as lake",
              JsonSchema.text(),
              text -> Optional.of(text).filter(NAME.asMatchPredicate())),
          "The name of the catalog in Spark's settings: spark.sql.catalog.NAME and what follows it"
              + " say where it is.");
  private static final Key<String> NAMESPACE =
      Key.byDefault(
          "namespace",
          ScalarShape.of(
              "a namespace such as karat or sales.karat",
              JsonSchema.text(),
              text -> Optional.of(text).filter(NAMESPACE_NAME.asMatchPredicate())),
          "karat",
          "The namespace of all tables and views.");
  private static final Key<Optional<Iceberg>> ICEBERG =
      Key.block(
          "iceberg",
          ObjectShape.of(
              List.of(CATALOG, NAMESPACE),
              fields -> {
                String namespace = fields.of(NAMESPACE);
                return fields.find(CATALOG).map(it -> new Iceberg(it, namespace));
              }),
          "The Iceberg catalog into which tables are published.");
  private static final Key<Boolean> IDS =
      Key.byDefault(
          "ids",
          Shapes.yesOrNo(),
          "true",
          "Whether the report and the console show customers at all, by their ids.");
  private static final Key<Boolean> NAMES =
      Key.byDefault(
          "names",
          Shapes.yesOrNo(),
          "true",
          "Whether they show names and owners too, where display_name and owner are mapped.");
  private static final Key<Integer> ROWS =
      Key.byDefault(
          "rows",
          Shapes.wholeNumber(0, MOST_ROWS),
          "20000",
          "The number of customers in the report's list, those with the largest net sales.");
  private static final Key<Optional<Report>> REPORT =
      Key.block(
          "report",
          OptionalBlock.optional(
              ObjectShape.of(
                  List.of(IDS, NAMES, ROWS),
                  fields -> new Report(fields.of(IDS), fields.of(NAMES), fields.of(ROWS)))),
          "The report for people, report.html in each release.");

  private OutputKeys() {}

  static ObjectShape<Output> output() {
    return ObjectShape.of(
        List.of(
            PATH,
            PUBLISH,
            RETENTION,
            HISTORY_DAYS,
            METRICS_FILE,
            UMASK,
            POSTGRESQL,
            ICEBERG,
            REPORT),
        fields ->
            new Output(
                fields.of(PATH),
                fields.of(PUBLISH),
                fields.of(RETENTION),
                fields.of(HISTORY_DAYS),
                fields.find(METRICS_FILE).orElseGet(() -> fields.of(PATH) + "/metrics.prom"),
                fields.of(UMASK),
                postgresql(fields),
                iceberg(fields),
                fields.of(REPORT)));
  }

  /**
   * Settings of the database; empty if {@code publish} does not name it, even if they are given.
   */
  private static Optional<PostgreSql> postgresql(ObjectFields fields) {
    return publisher(fields, Destination.POSTGRESQL, POSTGRESQL, PostgreSqlKeys.ADDRESS);
  }

  /** Settings of the catalog, in the same way. */
  private static Optional<Iceberg> iceberg(ObjectFields fields) {
    return publisher(fields, Destination.ICEBERG, ICEBERG, List.of(CATALOG));
  }

  /** Settings of a publisher that {@code publish} names; some keys have to be said then. */
  private static <T> Optional<T> publisher(
      ObjectFields fields,
      Destination destination,
      Key<Optional<T>> block,
      List<Key<String>> required) {
    Optional<T> said = fields.of(block);
    if (!fields.of(PUBLISH).contains(destination)) {
      return Optional.empty();
    }

    for (Key<String> key : required) {
      if (!fields.isSaid(block.name(), key.name())) {
        fields
            .problems()
            .add(
                fields.at(block),
                "'%s.%s' is missing, expected %s. Add it, or take %s out of output.publish."
                    .formatted(
                        fields.at(block).key(),
                        key.name(),
                        key.shape().expected(),
                        LowerCase.of(destination)));
      }
    }
    return said;
  }
}
