package io.karat.matching;

import io.karat.input.InputMapping;
import io.karat.matching.BlockingRule.Term;
import io.karat.run.UsageException;
import io.karat.settings.Characteristic;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.MatchingSettings;
import io.karat.settings.MatchingSettings.Compare;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Search for duplicates made ready without a Spark session.
 *
 * @param fields what customers are compared by
 * @param rules which of them are compared
 * @param input the input of customers with the columns of all fields and rules
 */
public record MatchPlan(
    Settings settings,
    MatchingSettings matching,
    List<MatchField> fields,
    List<BlockingRule> rules,
    InputSettings input,
    InputMapping mapping) {
  private static final String COLUMN = "match_%d";

  public MatchPlan {
    fields = List.copyOf(fields);
    rules = List.copyOf(rules);
  }

  /**
   * Plans a search.
   *
   * @throws UsageException naming all problems; if no matching or no input of customers is
   *     configured
   */
  public static MatchPlan of(Settings settings) {
    MatchingSettings matching =
        settings
            .matching()
            .orElseThrow(
                () ->
                    new UsageException(
                        "Cannot look for duplicates: 'matching' is not configured. Add 'matching: {}', or with fields of your own."));
    InputSettings customers =
        settings
            .inputs()
            .find(InputTable.CUSTOMERS)
            .orElseThrow(
                () ->
                    new UsageException(
                        "Cannot look for duplicates: 'inputs.customers' is not configured. Map the table that has names and addresses."));
    Problems problems = new Problems();
    MatchPlan plan = new Planning(customers, matching).plan(settings, problems);
    problems.throwIfAny();
    return plan;
  }

  /** The columns of fields and rules in the rows of customers. */
  List<String> columns() {
    return List.copyOf(input.characteristics().keySet());
  }

  /** Planning of the fields and rules of one configuration. */
  private record Planning(
      InputSettings customers,
      MatchingSettings matching,
      Map<String, MatchField> known,
      SortedMap<String, Characteristic> columns) {
    Planning(InputSettings customers, MatchingSettings matching) {
      this(customers, matching, new LinkedHashMap<>(), new TreeMap<>());
    }

    MatchPlan plan(Settings settings, Problems problems) {
      List<MatchField> fields =
          matching.fields().isEmpty()
              ? UsualFields.among(customers).entrySet().stream()
                  .map(it -> field(it.getKey(), it.getValue(), it.getKey()))
                  .toList()
              : matching.fields().values().stream().map(this::field).toList();
      if (fields.isEmpty()) {
        problems.add(
            matching.at(),
            "'matching.fields' is empty, and no column of customers has a usual name: expected one of %s. Name the fields."
                .formatted(String.join(", ", UsualFields.names())));
      }
      List<BlockingRule> rules =
          matching.block().isEmpty()
              ? UsualFields.rules(fields)
              : matching.block().stream()
                  .map(terms -> new BlockingRule(terms.stream().map(this::term).toList()))
                  .toList();
      InputSettings input = input();
      return new MatchPlan(
          settings,
          matching,
          fields,
          rules,
          input,
          InputMapping.of(input, new Money(settings.moneyScale()), problems));
    }

    private MatchField field(MatchingSettings.Field field) {
      Compare compare =
          field
              .compare()
              .or(() -> UsualFields.compare(field.name()))
              .orElse(isDate(field.name()) ? Compare.DATE : Compare.TEXT);
      return field(field.name(), compare, field.column().orElse(field.name()));
    }

    private boolean isDate(String name) {
      return Optional.ofNullable(customers.characteristics().get(name))
          .filter(it -> it.kind() == Characteristic.Kind.DATE)
          .isPresent();
    }

    private MatchField field(String name, Compare compare, String column) {
      return known.computeIfAbsent(
          name,
          it -> {
            String unique = COLUMN.formatted(columns.size());
            columns.put(unique, characteristic(unique, column));
            return new MatchField(name, compare, unique);
          });
    }

    /** A field that is compared, the start of one, or else a column that only forms blocks. */
    private Term term(String name) {
      String stem =
          name.endsWith(BlockingRule.START)
              ? name.substring(0, name.length() - BlockingRule.START.length())
              : name;
      boolean isStart = !known.containsKey(name) && known.containsKey(stem);
      return new Term(field(isStart ? stem : name, Compare.EXACT, name), isStart);
    }

    private Characteristic characteristic(String unique, String column) {
      Expression value =
          Optional.ofNullable(customers.columns().get(column))
              .or(
                  () ->
                      Optional.ofNullable(customers.characteristics().get(column))
                          .map(Characteristic::value))
              .orElseGet(() -> new Expression(column, matching.at()));
      return new Characteristic(
          unique,
          Characteristic.Kind.CATEGORY,
          value,
          Collections.emptySortedMap(),
          Better.HIGHER,
          Optional.empty(),
          Optional.empty(),
          matching.at());
    }

    /** The customers with these columns alone. */
    private InputSettings input() {
      Map<String, Expression> kept = new LinkedHashMap<>();
      for (String name : List.of(Columns.CUSTOMER_ID, "created_date")) {
        Optional.ofNullable(customers.columns().get(name)).ifPresent(it -> kept.put(name, it));
      }
      return new InputSettings(
          customers.table(),
          customers.paths(),
          customers.format(),
          customers.options(),
          customers.secrets(),
          customers.joins(),
          customers.grain(),
          Optional.empty(),
          customers.prefer(),
          customers.where(),
          kept,
          columns,
          customers.maxAgeDays(),
          customers.roundAmounts(),
          customers.keepIds(),
          customers.at());
    }
  }
}
