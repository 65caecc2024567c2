package io.karat.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the units that names of amounts end with. */
class AmountUnitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amount_cents        | HUNDREDTHS    | amount",
        "AmountCents         | HUNDREDTHS    | amount",
        "Total (pence)       | HUNDREDTHS    | total",
        "amount_minor_units  | HUNDREDTHS    | amount",
        "金额（分）             | HUNDREDTHS    | 金额",
        "Umsatz (T€)         | THOUSANDS     | umsatz",
        "Umsatz in TEUR      | THOUSANDS     | umsatz",
        "umsatz_teur         | THOUSANDS     | umsatz",
        "Netto Tsd. €        | THOUSANDS     | netto",
        "Revenue ($000)      | THOUSANDS     | revenue",
        "Revenue $000s       | THOUSANDS     | revenue",
        "Sales k€            | THOUSANDS     | sales",
        "Sales (in thousands) | THOUSANDS    | sales",
        "金额(千元)            | THOUSANDS     | 金额",
        "含税金额(万元)         | TEN_THOUSANDS | 含税金额",
        "金额_万               | TEN_THOUSANDS | 金额",
        "销售额（百万元）        | MILLIONS      | 销售额",
        "Umsatz Mio. EUR     | MILLIONS      | umsatz",
        "Sales [M EUR]       | MILLIONS      | sales",
        "金额(元)              |               | 金额",
        "Betrag [€]          |               | betrag",
        "Amount (USD)        |               | amount",
        "Amount (tax)        |               | amount (tax)",
        "percent             |               | percent",
        "满意度评分             |               | 满意度评分",
        "积分                 |               | 积分",
        "Debit EUR           |               | debit eur",
        "Total               |               | total",
        "amount_2000         |               | amount_2000",
        "Betrag in EUR       |               | betrag in eur",
      })
  void theEndOfANameSaysTheUnit(String name, AmountUnit unit, String without) {
    assertEquals(Optional.ofNullable(unit), AmountUnit.of(name));
    assertEquals(without, AmountUnit.without(name));
  }

  /** Of an amount in thousands, 1.25 is one of units. */
  @ParameterizedTest
  @CsvSource({
    "HUNDREDTHS, 0, 2",
    "HUNDREDTHS, 1, 3",
    "THOUSANDS, 2, 0",
    "THOUSANDS, 4, 1",
    "TEN_THOUSANDS, 6, 2",
    "MILLIONS, 3, 0"
  })
  void decimalsAreThoseOfTheCurrency(AmountUnit unit, int ofNumbers, int decimals) {
    assertEquals(decimals, unit.decimals(ofNumbers));
  }
}
