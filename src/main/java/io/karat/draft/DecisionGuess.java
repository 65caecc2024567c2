package io.karat.draft;

import io.karat.settings.InputTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decisions on opportunities as other systems write them: a flag or a stage that says whether one
 * is closed, beside one day of closing, which is expected first and known later.
 *
 * @param mapped the columns of ours that have one of the table already
 */
record DecisionGuess(TableProfile profile, Vocabulary vocabulary, Set<String> mapped) {
  private static final String CLOSED_DATE = "closed_date";
  private static final String IS_WON = "is_won";

  DecisionGuess {
    mapped = Set.copyOf(mapped);
  }

  /** The columns of ours that a flag or a stage tells. */
  List<DraftColumn> columns() {
    List<DraftColumn> columns = new ArrayList<>();
    if (!mapped.contains(CLOSED_DATE)) {
      isClosed()
          .flatMap(closed -> day().map(day -> closedDate(closed, day)))
          .ifPresent(columns::add);
    }
    Optional<ColumnProfile> stage = stage("won");
    if (!mapped.contains(IS_WON) && stage.isPresent()) {
      columns.add(
          new DraftColumn(
              IS_WON,
              isOne(stage.get(), "won"),
              "column %s has %s"
                  .formatted(stage.get().name(), String.join(", ", stage.get().values())),
              "which of them mean won"));
    }
    return columns;
  }

  /** The names of the columns that these are made of. */
  List<String> sources() {
    return profile.columns().stream()
        .filter(
            source ->
                columns().stream().anyMatch(it -> it.expression().contains(source.reference())))
        .map(ColumnProfile::name)
        .toList();
  }

  private static DraftColumn closedDate(String isClosed, ColumnProfile day) {
    return new DraftColumn(
        CLOSED_DATE,
        "CASE WHEN %s THEN %s END".formatted(isClosed, day.time()),
        "the day in %s, where it is closed".formatted(day.name()),
        "whether that is the day of the decision");
  }

  /** Rows that are decided on an unknown day would count as open: they do not count. */
  Optional<DraftCondition> condition() {
    boolean isKnown =
        mapped.contains(CLOSED_DATE)
            || columns().stream().anyMatch(it -> it.name().equals(CLOSED_DATE));
    return isClosed()
        .filter(it -> !isKnown)
        .map(
            closed ->
                new DraftCondition(
                    "NOT coalesce(%s, false)".formatted(closed),
                    "no column says when one was decided, so that only open ones count"));
  }

  private Optional<String> isClosed() {
    return profile
        .named(vocabulary.other("is_closed"))
        .filter(ColumnProfile::isFlag)
        .map(flag -> "CAST(%s AS BOOLEAN)".formatted(flag.reference()))
        .or(
            () ->
                Stream.of("lost", "won")
                    .flatMap(what -> stage(what).stream())
                    .findFirst()
                    .map(stage -> isOne(stage, "won", "lost")));
  }

  /** The day of closing, of a list that has one for all. */
  private Optional<ColumnProfile> day() {
    return profile
        .named(vocabulary.column(InputTable.OPPORTUNITIES, "expected_close_date"))
        .filter(ColumnProfile::isTime);
  }

  private Optional<ColumnProfile> stage(String what) {
    return profile.columns().stream()
        .filter(column -> !column.isFlag() || column.isText())
        .filter(column -> column.values().stream().anyMatch(value -> means(value, what)))
        .findFirst();
  }

  private boolean means(String value, String what) {
    return vocabulary.other(what).contains(Vocabulary.plain(value));
  }

  private String isOne(ColumnProfile stage, String... meanings) {
    List<String> values =
        stage.values().stream()
            .filter(value -> Stream.of(meanings).anyMatch(what -> means(value, what)))
            .toList();
    return "%s IN (%s)".formatted(stage.reference(), DraftText.quoted(values));
  }
}
