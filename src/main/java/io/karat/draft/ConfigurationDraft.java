package io.karat.draft;

import io.karat.expressions.TrySemantics;
import io.karat.run.UsageException;
import io.karat.settings.InputTable;
import io.karat.settings.InputTable.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Draft of a configuration: the inputs that were recognised in a folder of data.
 *
 * @param inputs by table, in the order of the tables
 * @param passedOver the tables that are none of them, in words
 */
public record ConfigurationDraft(List<DraftInput> inputs, List<String> passedOver) {
  public ConfigurationDraft {
    inputs = List.copyOf(inputs);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * Looks at the first rows of each table below a path.
   *
   * @param output the folder of what nights will write, absolute
   * @param given expressions for columns of ours, by name, or by input and name
   * @throws UsageException if no table is one of events, with what is missing
   */
  public static ConfigurationDraft of(
      String data, Path output, Map<String, String> given, SparkSession spark) throws IOException {
    Vocabulary vocabulary = new Vocabulary();
    Map<InputTable, DraftInput> chosen = new EnumMap<>(InputTable.class);
    List<DraftInput> nearest = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    List<List<DraftInput>> tables = new ArrayList<>();
    for (FoundTable table :
        DataFolder.tables(data, output, vocabulary, spark.sparkContext().hadoopConfiguration())) {
      TableProfile profile = TableProfile.of(table, spark);
      tables.add(
          Stream.of(InputTable.values())
              .map(kind -> DraftInput.of(profile, kind, vocabulary, given))
              .sorted(Comparator.comparing(DraftInput::likeness).reversed())
              .toList());
    }
    // Those of events first: customers are to be theirs.
    tables.sort(Comparator.comparing(guesses -> !isOfEvents(guesses)));
    for (List<DraftInput> guesses : tables) {
      Optional<DraftInput> events =
          chosen.values().stream().filter(input -> isOfEvents(input.kind())).findFirst();
      Optional<DraftInput> best =
          guesses.stream().filter(guess -> guess.isPossible(events)).findFirst();
      nearest.addAll(guesses);
      if (best.isEmpty()) {
        passedOver.add(
            "%s: %s"
                .formatted(
                    guesses.get(0).profile().table().path(),
                    guesses.stream()
                        .flatMap(guess -> guess.obstacle(events).stream())
                        .findFirst()
                        .orElse("no columns of an input")));
      } else {
        Optional<DraftInput> other = Optional.ofNullable(chosen.get(best.get().kind()));
        boolean isBetter = other.isEmpty() || other.get().likeness() < best.get().likeness();
        if (isBetter) {
          chosen.put(best.get().kind(), best.get());
        }
        DraftInput taken = isBetter ? best.get() : other.orElseThrow();
        (isBetter ? other : best).ifPresent(left -> passedOver.add(rival(left, taken)));
      }
    }
    if (chosen.keySet().stream().noneMatch(ConfigurationDraft::isOfEvents)) {
      throw new UsageException(question(data, nearest));
    }
    return new ConfigurationDraft(List.copyOf(chosen.values()), passedOver);
  }

  /** A table that would be an input which another one is. */
  private static String rival(DraftInput left, DraftInput chosen) {
    String path = left.profile().table().path();
    return left.profile().isAlike(chosen.profile())
        ? "%s: it has the columns of '%s'. %s: name both in a list as path if their rows differ"
            .formatted(path, chosen.profile().table().path(), DraftText.CHECK)
        : "%s: another table is '%s'".formatted(path, left.kind().tableName());
  }

  private static boolean isOfEvents(List<DraftInput> guesses) {
    return guesses.stream()
        .filter(guess -> guess.isPossible(Optional.empty()))
        .findFirst()
        .filter(guess -> isOfEvents(guess.kind()))
        .isPresent();
  }

  private static boolean isOfEvents(InputTable table) {
    return table.hasCustomers()
        && table.columns().stream().anyMatch(column -> column.role() == Role.TIME);
  }

  private static String question(String data, List<DraftInput> guesses) {
    DraftInput nearest =
        guesses.stream()
            .filter(guess -> isOfEvents(guess.kind()) && guess.mayLack())
            .min(
                Comparator.comparing((DraftInput guess) -> guess.missing().size())
                    .thenComparing(guess -> -guess.likeness())
                    .thenComparing(DraftInput::kind))
            .orElseThrow();
    String lacking = nearest.lacking().get(0).name();
    String elsewhere =
        guesses.stream()
            .filter(guess -> guess.kind() == nearest.kind() && guess.has(lacking))
            .findFirst()
            .map(
                guess ->
                    " Or take it from '%s', which seems to have it: write the configuration by hand, with 'join'."
                        .formatted(guess.profile().table().path()))
            .orElse("");
    return "No table in '%s' is surely one of events. '%s' would be '%s', but nothing says which column is %s. Say it: --map %s=COLUMN, where COLUMN may be any Spark SQL over its columns: %s.%s"
        .formatted(
            data,
            nearest.profile().table().path(),
            nearest.kind().tableName(),
            String.join(", ", nearest.missing()),
            lacking,
            String.join(", ", nearest.profile().names()),
            elsewhere);
  }

  /** The last day on which an event lies; empty if none can be read. */
  public Optional<LocalDate> lastDay() {
    return inputs.stream()
        .filter(input -> isOfEvents(input.kind()))
        .flatMap(
            input ->
                input.kind().columns().stream()
                    .filter(column -> column.role() == Role.TIME && input.has(column.name()))
                    .flatMap(column -> last(input, column.name()).stream()))
        .max(Comparator.naturalOrder());
  }

  private static Optional<LocalDate> last(DraftInput input, String time) {
    Dataset<Row> rows = input.profile().rows();
    String last = "CAST(max(try_cast(%s AS DATE)) AS STRING)".formatted(input.expression(time));
    Row row = TrySemantics.lenient(rows.sparkSession(), () -> rows.selectExpr(last)).head();
    return Optional.ofNullable(row.getString(0)).map(LocalDate::parse);
  }

  /** One line for each table, in words. */
  public List<String> lines() {
    return inputs.stream()
        .map(
            input ->
                "%s: %s, %d of its %d columns"
                    .formatted(
                        input.profile().table().path(),
                        input.kind().tableName(),
                        input.profile().columns().size() - input.unused().size(),
                        input.profile().columns().size()))
        .toList();
  }
}
