package io.karat.cli;

import io.karat.generate.GeneratedTable;
import io.karat.generate.SyntheticFirm;
import io.karat.run.AsOf;
import io.karat.run.ExitCode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Command {@code generate}: writes the inputs of a synthetic firm. */
@picocli.CommandLine.Command(
    name = "generate",
    description = "Writes the inputs of a synthetic firm as Parquet, reproducible byte by byte.",
    footer = {
      Command.EXAMPLES,
      "  karat generate --customers 10000 --days 400 --output data",
      "  karat generate --customers 500 --days 90 --seed 7 --dirty --output data"
    })
final class GenerateCommand implements Command {
  @Option(
      names = "--customers",
      required = true,
      paramLabel = "N",
      description = "The number of customers.")
  private long customers;

  @Option(names = "--days", required = true, paramLabel = "D", description = "The number of days.")
  private int days;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Another seed gives another firm of the same kind; 1 by default.")
  private long seed = 1;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "A new or empty folder.")
  private String output;

  @Option(
      names = "--first-day",
      paramLabel = "DAY",
      description = "The first day of business; 2024-01-01 by default.")
  private Optional<String> firstDay = Optional.empty();

  @Option(
      names = "--transactions-per-customer",
      paramLabel = "N",
      description = "The mean number of sales and returns per customer; 20 by default.")
  private int transactions = SyntheticFirm.DEFAULT_TRANSACTIONS_PER_CUSTOMER;

  @Option(
      names = "--duplicates",
      paramLabel = "N",
      description =
          "The number of customers who are in the list twice, for karat match; customers then have"
              + " names and addresses, and truth/duplicates lists the second ids.")
  private long duplicates;

  @Option(
      names = "--subscriptions",
      description =
          "Customers are charged the same amount once a month until they leave, in place of buying"
              + " at random.")
  private boolean isSubscribed;

  @Option(
      names = "--buyer-types",
      description =
          "Large customers value price, service or a partnership: transactions have quantities and"
              + " discounts, customers strategic factors, and truth/customers the type.")
  private boolean hasBuyerTypes;

  @Option(
      names = "--dirty",
      description =
          "Adds bad rows of every kind, about 4 in 1000; truth/bad_rows lists them with reasons.")
  private boolean isDirty;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    LocalDate first =
        firstDay
            .map(text -> AsOf.parse("--first-day", text))
            .orElse(SyntheticFirm.DEFAULT_FIRST_DAY);
    ZoneId zone = SyntheticFirm.DEFAULT_ZONE;
    SyntheticFirm firm =
        new SyntheticFirm(
            customers,
            days,
            seed,
            first,
            zone,
            transactions,
            duplicates,
            isSubscribed,
            hasBuyerTypes);
    try (CommandSession session = CommandSession.open("karat generate", zone, options)) {
      show(
          isDirty ? firm.writeDirty(session.spark(), output) : firm.write(session.spark(), output),
          console);
    }
    console.print("Written to %s, last day %s.".formatted(output, firm.lastDay()));
    return ExitCode.PUBLISHED;
  }

  static void show(List<GeneratedTable> generated, Console console) {
    ConsoleTable tables = new ConsoleTable("table", "rows", "files");
    generated.forEach(table -> tables.row(table.name(), table.rows(), table.files()));
    console.print(tables);
  }
}
