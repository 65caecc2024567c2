package io.karat.input;

import io.karat.run.LowerCase;
import io.karat.settings.BilingualText;
import io.karat.settings.Translations;

/** A reason to quarantine a source row. A row has the first that applies, in this order. */
public enum QuarantineReason {
  UNREADABLE_ROW,
  UNREADABLE_TEXT,
  MISSING_CUSTOMER,
  MISSING_MARKET,
  UNREADABLE_TIME,
  UNREADABLE_AMOUNT,
  NEGATIVE_AMOUNT,
  OVERFLOWING_AMOUNT,
  TOO_MANY_DECIMALS,
  NEGATIVE_COST,
  INVALID_PROBABILITY,
  UNKNOWN_TYPE,
  ANCIENT_DATE;

  /** The reason as it is published. */
  public String code() {
    return LowerCase.of(this);
  }

  public BilingualText meaning() {
    return Translations.text(Translations.key("quarantine", this));
  }
}
