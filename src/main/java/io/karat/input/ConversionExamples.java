package io.karat.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Examples of conversions in a mapping, by what is wrong with rows without one. */
record ConversionExamples(InputMapping mapping) {
  private static final String DAY = "to_timestamp(text, 'dd.MM.yyyy')";
  private static final String NUMBER = "replace(text, ',', '.')";

  /**
   * What to do, in sentences.
   *
   * @param reasons codes of reasons to quarantine a row, or columns that cannot be read
   */
  String advice(Set<String> reasons) {
    List<String> examples = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    reasons.forEach(reason -> example(reason).ifPresent(it -> examples.add(it + " for " + reason)));
    if (!examples.isEmpty()) {
      sentences.add(
          "Convert the columns in the mapping, for example %s."
              .formatted(String.join(", ", examples)));
    }
    if (examples.size() < reasons.size()) {
      sentences.add(
          "Correct the source or 'options' of its format, or leave %s out with 'where'."
              .formatted(examples.isEmpty() ? "such rows" : "other rows"));
    }
    return String.join(" ", sentences);
  }

  private Optional<String> example(String reason) {
    ColumnType column = mapping.table().otherColumns().get(reason);
    if (column != null) {
      return ofColumn(column);
    }

    return List.of(QuarantineReason.values()).stream()
        .filter(it -> it.code().equals(reason))
        .findFirst()
        .flatMap(this::ofRow);
  }

  private static Optional<String> ofColumn(ColumnType type) {
    return switch (type) {
      case DATE, EVENT_DATE -> Optional.of(DAY);
      case NUMBER, MONEY -> Optional.of(NUMBER);
      case COUNT -> Optional.of("round(number)");
      case FLAG -> Optional.of("text = 'J'");
      case LEVEL -> Optional.of("points / 2");
      case PROBABILITY -> Optional.of("percent / 100");
      case KEY, TEXT -> Optional.empty();
    };
  }

  private Optional<String> ofRow(QuarantineReason reason) {
    return switch (reason) {
      case UNREADABLE_TIME -> Optional.of(DAY);
      case UNREADABLE_AMOUNT -> Optional.of(NUMBER);
      case NEGATIVE_AMOUNT -> Optional.of("abs(amount)");
      case TOO_MANY_DECIMALS -> Optional.of("round(amount, %d)".formatted(mapping.money().scale()));
      case NEGATIVE_COST -> Optional.of("abs(cost)");
      case INVALID_PROBABILITY -> ofColumn(ColumnType.PROBABILITY);
      case UNKNOWN_TYPE ->
          Optional.of("CASE code WHEN 'X' THEN '%s' END".formatted(mapping.table().types().get(0)));
      case UNREADABLE_ROW,
          UNREADABLE_TEXT,
          MISSING_CUSTOMER,
          MISSING_MARKET,
          OVERFLOWING_AMOUNT,
          ANCIENT_DATE ->
          Optional.empty();
    };
  }
}
