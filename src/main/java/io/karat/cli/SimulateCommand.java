package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import io.karat.settings.Output.Report;
import io.karat.training.SimulatedNight;
import io.karat.training.SimulatedNight.Direction;
import io.karat.training.SimulatedNight.Mover;
import io.karat.training.SimulatedNight.Worth;
import io.karat.training.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Command {@code simulate}: shows the customers whom other weights, cuts or rules would move on the
 * live night.
 */
@picocli.CommandLine.Command(
    name = "simulate",
    description =
        "Shows whom another weight, cut or rule would move on the live night, and what they are"
            + " worth; writes nothing.",
    footer = {
      Command.EXAMPLES,
      "  karat simulate --config conf/karat.yaml --set pyramids.profit.hysteresis=0",
      "  karat simulate --config conf/karat.yaml --set classification.customer_class.by=profit_365d"
    })
final class SimulateCommand implements Command {
  private static final int MOST = 1000;

  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "The number of customers to name in each column, those with the largest net sales; 10 by"
              + " default.")
  private int top = 10;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    if (top < 0 || top > MOST) {
      throw new UsageException(
          "--top is %,d, expected 0 to %,d. Give a number of customers such as 10."
              .formatted(top, MOST));
    }
    Simulation.requireSimulated(options.settings().keySet());
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat simulate", plan.settings().timeZone(), options)) {
      Simulation simulation =
          new Simulation(session.spark(), session.output(plan.settings()), plan.scores());
      show(simulation.night(top), plan, console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void show(SimulatedNight night, NightPlan plan, Console console) {
    console.print(
        "Night %s, run %s, with these settings: %s, compared with what is published."
            .formatted(
                night.release().asOf(),
                night.release().runId(),
                ConsoleNumbers.text(night.customers(), "customer")));
    if (night.moving().isEmpty()) {
      console.print("No customer would move.");
    } else {
      showMoves(night, plan.settings().currency(), console);
      showLargest(night, plan, console);
    }
    if (!night.still().isEmpty()) {
      console.print("Nobody moves in " + String.join(", ", night.still()) + ".");
    }
    if (!night.absent().isEmpty()) {
      console.print(
          "Published, and not in these settings: " + String.join(", ", night.absent()) + ".");
    }
  }

  private static void showMoves(
      SimulatedNight night, Optional<Currency> currency, Console console) {
    ConsoleTable columns = new ConsoleTable("column", "up", "down", "other", "stay");
    for (String state : night.moving()) {
      long up = night.moved(state, Direction.UP);
      long down = night.moved(state, Direction.DOWN);
      long other = night.moved(state, Direction.OTHER);
      columns.row(state, up, down, other, night.customers() - up - down - other);
    }
    console.print(columns);
    ConsoleTable flows =
        new ConsoleTable(
            "column",
            "from",
            "to",
            "customers",
            money("net sales", currency),
            money("profit", currency));
    night
        .flows()
        .forEach(
            flow ->
                flows.row(
                    flow.move().state(),
                    code(flow.move().from()),
                    code(flow.move().to()),
                    flow.customers(),
                    sales(flow.worth()),
                    profit(flow.worth())));
    console.print(flows);
  }

  private static void showLargest(SimulatedNight night, NightPlan plan, Console console) {
    Optional<Report> report = plan.settings().output().report();
    if (night.largest().isEmpty() || report.filter(it -> !it.ids()).isPresent()) {
      return;
    }

    boolean hasNames =
        report.map(Report::names).orElse(true)
            && night.largest().stream().anyMatch(it -> it.name().isPresent());
    Optional<Currency> currency = plan.settings().currency();
    ConsoleTable largest =
        new ConsoleTable(
            "column",
            hasNames ? "customer, name" : "customer",
            "from",
            "to",
            money("net sales", currency),
            money("profit", currency));
    for (Mover mover : night.largest()) {
      String name = mover.name().filter(it -> hasNames).map(it -> ", " + it).orElse("");
      largest.row(
          mover.move().state(),
          mover.customerId() + name,
          code(mover.move().from()),
          code(mover.move().to()),
          sales(mover.worth()),
          profit(mover.worth()));
    }
    console.print("The customers with the largest net sales among them:");
    console.print(largest);
  }

  private static String money(String what, Optional<Currency> currency) {
    return what + ", 365 days" + currency.map(it -> ", " + it.getCurrencyCode()).orElse("");
  }

  private static String code(String code) {
    return code.isEmpty() ? "-" : code;
  }

  private static Object sales(Worth worth) {
    return cell(worth.netSales());
  }

  private static Object profit(Worth worth) {
    return cell(worth.profit());
  }

  private static Object cell(Optional<BigDecimal> amount) {
    return amount.isPresent() ? amount.get() : "";
  }
}
