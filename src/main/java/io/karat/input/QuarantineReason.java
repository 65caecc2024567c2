package io.karat.input;

import io.karat.run.LowerCase;

/** A reason to quarantine a source row. A row has the first that applies, in this order. */
public enum QuarantineReason {
  MISSING_CUSTOMER("the customer is missing or blank", "客户缺失或为空"),
  UNREADABLE_TIME("the time is missing or cannot be read", "时间缺失或无法读取"),
  UNREADABLE_AMOUNT("the amount is missing or cannot be read", "金额缺失或无法读取"),
  NEGATIVE_AMOUNT(
      "the amount is negative; for lines, the sum of the transaction is", "金额为负；按行时为整笔交易之和为负"),
  OVERFLOWING_AMOUNT("the amount has more than 18 digits with its decimals", "金额连小数超过 18 位"),
  TOO_MANY_DECIMALS("the amount has more decimals than money_scale", "金额小数位多于 money_scale"),
  INVALID_PROBABILITY(
      "the probability is missing, cannot be read or is not from 0 to 1", "概率缺失、无法读取或不在 0 至 1 之间"),
  UNKNOWN_TYPE("the type is missing or not one of those allowed", "类型缺失或不在允许之列"),
  ANCIENT_DATE("the day is before 1970-01-02", "日期早于 1970-01-02");

  private final String english;
  private final String chinese;

  QuarantineReason(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** The reason as it is published. */
  public String code() {
    return LowerCase.of(this);
  }

  public String english() {
    return english;
  }

  public String chinese() {
    return chinese;
  }
}
