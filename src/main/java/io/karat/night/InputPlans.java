package io.karat.night;

import static java.util.stream.Collectors.toMap;

import io.karat.engine.SourceFormat;
import io.karat.groups.GroupPlan;
import io.karat.input.EventDays;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.input.OpenedFiles;
import io.karat.settings.InputTable;
import io.karat.state.DaysToRead;
import io.karat.state.InputState;
import io.karat.state.NightState;
import io.karat.state.SourceChanges;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Plans of what a night reads of its inputs, given what the night before kept.
 *
 * @param aliases a digest of the aliases of customers
 * @param firstDay the first day of the longest window
 */
record InputPlans(
    NightPlan plan, LocalDate asOf, StateBefore before, String aliases, LocalDate firstDay) {
  private static final int NEWEST_DAYS = 7;

  /** Late rows of a year do not make a night read all. */
  private static final int LATE_DAYS = 365;

  /** A window may begin a month earlier without reading all. */
  private static final int SPARE_DAYS = 31;

  /** The plan of an input; may read the days of new and changed files. */
  InputPlan of(NightSource source) {
    if (source.table().isSnapshot()) {
      return InputPlan.whole(source, Optional.empty(), "");
    }
    if (!(source.content() instanceof OpenedFiles files)) {
      return InputPlan.whole(
          source, Optional.empty(), "it is not read from plain files, or a table is joined to it");
    }
    if (plan.mapping(source.table()).maps("sale_date")) {
      return InputPlan.whole(
          source, Optional.empty(), "its returns count on the days of their sales, by 'sale_date'");
    }

    return obstacle(source)
        .map(reason -> InputPlan.whole(source, Optional.of(files), reason))
        .orElseGet(() -> InputPlan.of(source, files, days(source, files)));
  }

  /** Why the days of the night before cannot be used. */
  private Optional<String> obstacle(NightSource source) {
    if (before.state().isEmpty()) {
      return Optional.of(before.reason());
    }

    NightState state = before.state().get();
    if (!state.inputs().containsKey(source.table().tableName())) {
      return Optional.of("night %s kept no state of it".formatted(state.asOf()));
    }
    if (!state.aliases().equals(aliases)) {
      return Optional.of(
          "the %s of customers are others than on night %s".formatted(ids(), state.asOf()));
    }
    return known(source.table())
        .since()
        .filter(firstDay::isBefore)
        .map(
            since ->
                "a window begins on %s, and days before %s are kept as one"
                    .formatted(firstDay, since));
  }

  /** The first day that has to keep an entry of its own. */
  private LocalDate wanted() {
    LocalDate late = asOf.minusDays(LATE_DAYS);
    return (firstDay.isBefore(late) ? firstDay : late).minusDays(SPARE_DAYS);
  }

  /** What decides which rows are of the same customer. */
  private String ids() {
    return plan.groups().filter(GroupPlan::areCustomers).isPresent()
        ? "aliases or groups"
        : "aliases";
  }

  private DaysToRead days(NightSource source, OpenedFiles files) {
    NightState state = before.state().orElseThrow();
    InputState known = known(source.table());
    SourceChanges changes = SourceChanges.of(known, files.all());
    files.know(known.layouts().of(plan.opening(source.table()), changes.unchanged()));
    return DaysToRead.of(
        changes,
        daysOf(changes.unread().keySet(), files, plan.mapping(source.table())),
        state.asOf(),
        asOf,
        wanted(),
        plan.isUniqueChecked(source.table()) ? NEWEST_DAYS : 0,
        plan.settings().checks().recomputeShare(),
        plan.indicators().comparesPrices(source.table(), asOf));
  }

  /**
   * The plan, or one to read the input whole if its days mean something else than those of the
   * night before.
   *
   * @param definition what they mean, as a digest; empty if they are none
   */
  InputPlan checked(InputPlan input, Optional<String> definition) {
    return input.days().isEmpty()
            || Optional.of(known(input.table()).definition()).equals(definition)
        ? input
        : input.whole(
            "what its rows mean, or the version of Karat, is another than on night "
                + before.state().orElseThrow().asOf());
  }

  /** The state of an input on the night before. */
  private InputState known(InputTable table) {
    return Optional.ofNullable(before.state().orElseThrow().inputs().get(table.tableName()))
        .orElseThrow();
  }

  private Map<Integer, EventDays> daysOf(
      Set<Integer> numbers, OpenedFiles files, InputMapping mapping) {
    Map<Integer, SortedSet<LocalDate>> days = new HashMap<>();
    numbers.forEach(number -> days.put(number, new TreeSet<>()));
    Set<Integer> withUnknown = new HashSet<>();
    if (!numbers.isEmpty()) {
      Dataset<Row> found =
          InputRows.daysOfFiles(files.rowsOf(numbers, mapping, false), mapping, asOf);
      // One row per file and day.
      for (Row row : found.collectAsList()) {
        int number = Integer.parseInt(row.<String>getAs(SourceFormat.FILE_NUMBER));
        Optional.ofNullable(row.<Date>getAs("day"))
            .map(Date::toLocalDate)
            .ifPresentOrElse(
                day -> days.computeIfAbsent(number, it -> new TreeSet<>()).add(day),
                () -> withUnknown.add(number));
      }
    }
    return days.entrySet().stream()
        .collect(
            toMap(
                Map.Entry::getKey,
                it -> new EventDays(it.getValue(), withUnknown.contains(it.getKey()))));
  }
}
