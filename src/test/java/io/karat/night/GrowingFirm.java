package io.karat.night;

import io.karat.publishing.OutputFolder;
import io.karat.report.RunRecord;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.testing.OutputFolders;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Small firm whose files come, change and vanish as a seed decides. Each file has rows of one or
 * more days; no day is ever lost. It may have sisters beside it, with files and customers of their
 * own, so that one night tries several histories.
 */
final class GrowingFirm {
  /** The first day of the firm. */
  static final LocalDate FIRST = LocalDate.parse("2026-01-28");

  /** The number of days that are delivered at first. */
  static final int DAYS = 30;

  /** Days long before, of which a night keeps most as one entry of each customer. */
  static final List<LocalDate> OLD =
      Stream.of("2024-11-20", "2024-12-31", "2025-01-15", "2025-01-31", "2025-02-01", "2025-06-10")
          .map(LocalDate::parse)
          .toList();

  private static final String CONFIGURATION =
      """
      name: growing
      inputs:
        transactions:
          path: '%1$s/transactions'
          format: csv
          grain: line
          key: [id]
          columns:
            transaction_id: ref
            customer_id: who
            transaction_time: at
            amount: worth
            type: kind
            cost: cost
            due_date: due
            product_id: item
            channel: via
        payments:
          path: '%1$s/payments'
          format: csv
          where: kind <> 'TEST'
          columns: {payment_id: id, customer_id: who, payment_time: at, amount: worth, type: kind, transaction_id: ref}
        contacts:
          path: '%1$s/contacts'
          format: csv
          key: [contact_id]
          columns: {contact_id: id, customer_id: who, contact_time: at, type: kind, satisfaction: worth}
        customers:
          path: '%1$s/customers'
          format: csv
          columns: {customer_id: who, opening_balance: worth}
      indicators:
        windows: [7d, 30d, lifetime]
      checks: {max_quarantine: 1, max_unreadable: 1}
      output:
        path: '%2$s'
        report: false
      """
          + ToyFirm.WITHOUT_MODELS;

  private static final String ALIASES =
      """
        aliases:
          path: '%1$s/aliases'
          format: csv
          columns: {alias_id: other, customer_id: who}
      """;

  private static final Map<String, List<String>> KINDS =
      Map.of(
          "transactions", List.of("SALE", "SALE", "SALE", "RETURN", "LOAN"),
          "payments", List.of("PAYMENT", "PAYMENT", "PAYMENT", "REFUND", "TEST", "GIFT"),
          "contacts", List.of("TASK", "PRAISE", "COMPLAINT", "COMPLAINT", "NOISE"));

  private static final List<String> WORTHS =
      List.of("3", "5", "12.50", "0.07", "4", "-2", "many", "100000");

  private final SparkSession spark;
  private final Path folder;
  private final int firms;
  private final Random random;
  private final Random old;

  /** The rows of each file, by path. */
  private final SortedMap<String, List<Event>> files = new TreeMap<>();

  private final SortedMap<String, String> aliases = new TreeMap<>();
  private LocalDate last = FIRST;
  private int rows;

  /** Row of an input. */
  private record Event(
      int id, String who, LocalDate day, String worth, String kind, int ref, String rest) {
    static final String HEADING = "id,who,at,worth,kind,ref,item,via,cost,due";

    String line() {
      return "%d,%s,%s,%s,%s,t%d,%s".formatted(id, who, day, worth, kind, ref, rest);
    }
  }

  GrowingFirm(SparkSession spark, Path folder, long seed) throws IOException {
    this(spark, folder, seed, 1);
  }

  /** A firm and its sisters; {@code firms} in all. */
  GrowingFirm(SparkSession spark, Path folder, long seed, int firms) throws IOException {
    this.spark = spark;
    this.folder = folder;
    this.firms = firms;
    this.random = new Random(seed);
    this.old = new Random(seed);
    for (int day = 0; day < DAYS; day++) {
      add(FIRST.plusDays(day));
    }
    OLD.forEach(this::addToday);
    write();
  }

  /** The newest day with rows. */
  LocalDate last() {
    return last;
  }

  /** Delivers the rows of a day, some of them late ones of days before. */
  void deliverDay(LocalDate day) throws IOException {
    add(day);
    write();
  }

  private void add(LocalDate day) {
    for (int firm = 0; firm < firms; firm++) {
      for (String input : new TreeMap<>(KINDS).keySet()) {
        List<Event> events = new ArrayList<>(List.of(event(firm, input, day)));
        for (int i = random.nextInt(6); i > 0; i--) {
          events.add(event(firm, input, random.nextInt(5) > 0 ? day : someDay(day)));
        }
        files.put(path(firm, input, day.toString()), events);
      }
    }
    last = day.isAfter(last) ? day : last;
  }

  /** Delivers rows of a day, and none of others. */
  void deliverToday(LocalDate day) throws IOException {
    addToday(day);
    write();
  }

  private void addToday(LocalDate day) {
    for (int firm = 0; firm < firms; firm++) {
      for (String input : new TreeMap<>(KINDS).keySet()) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          events.add(event(firm, input, day));
        }
        files.put(path(firm, input, day.toString()), events);
      }
    }
    last = day.isAfter(last) ? day : last;
  }

  /** Delivers a row of a day of long ago. */
  void deliverLate(String input, LocalDate day) throws IOException {
    files.put(path(0, input, "late-of-" + day), List.of(event(0, input, day)));
    write();
  }

  /** Changes something of what was delivered; the result says what. */
  String change() throws IOException {
    String path = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
    List<Event> events = new ArrayList<>(files.get(path));
    String input = path.substring(0, path.indexOf('/'));
    int firm = path.contains("@") ? Integer.parseInt(path.replaceAll(".*@|[.]csv", "")) : 0;
    String what;
    switch (random.nextInt(6)) {
      case 0 -> {
        what = "late rows in a file of their own";
        files.put(
            path(firm, input, "late-" + rows),
            List.of(event(firm, input, someDay(last)), event(firm, input, someDay(last))));
      }
      case 1 -> {
        what = "changed rows";
        events.replaceAll(it -> event(firm, input, it.day()));
        files.put(path, events);
      }
      case 2 -> {
        what = "a file under another name";
        files.remove(path);
        files.put(path(firm, input, "again-" + rows++), events);
      }
      case 3 -> {
        what = "a file delivered twice";
        files.put(path(firm, input, "twice-" + rows++), events);
      }
      case 4 -> {
        what = "a row of one day in the file of another";
        events.add(event(firm, input, someDay(last)));
        files.put(path, events);
      }
      default -> {
        what = "a customer with another id";
        aliases.put(customer(firm, 1), customer(firm, 3 + random.nextInt(3)));
        if (random.nextInt(3) == 0) {
          aliases.clear();
        }
      }
    }
    write();
    return what;
  }

  private static String path(int firm, String input, String name) {
    return "%s/%s%s.csv".formatted(input, name, firm == 0 ? "" : "@" + firm);
  }

  private static String customer(int firm, int number) {
    return firm == 0 ? "c" + number : "c%d-%d".formatted(firm, number);
  }

  private Event event(int firm, String input, LocalDate day) {
    String who = random.nextInt(20) == 0 ? "" : customer(firm, random.nextInt(9));
    List<String> kinds = KINDS.getOrDefault(input, List.of());
    return new Event(
        random.nextInt(12) == 0 ? random.nextInt(rows + 1) : rows++,
        who,
        day,
        WORTHS.get(random.nextInt(WORTHS.size())),
        kinds.get(random.nextInt(kinds.size())),
        random.nextInt(40),
        "p%d,%s,%d,%s"
            .formatted(
                random.nextInt(6),
                random.nextBoolean() ? "WEB" : "SHOP",
                random.nextInt(3),
                day.plusDays(random.nextInt(20))));
  }

  private LocalDate someDay(LocalDate until) {
    LocalDate day =
        FIRST.plusDays(random.nextInt((int) (until.toEpochDay() - FIRST.toEpochDay()) + 1));
    return old.nextInt(12) == 0 ? OLD.get(old.nextInt(OLD.size())) : day;
  }

  /** Writes files whose rows are others, and deletes those that are gone. */
  private void write() throws IOException {
    for (String input : KINDS.keySet()) {
      Files.createDirectories(folder.resolve(input));
      try (var found = Files.list(folder.resolve(input))) {
        for (Path file : found.toList()) {
          if (!files.containsKey(input + "/" + file.getFileName())) {
            Files.delete(file);
          }
        }
      }
    }
    for (Map.Entry<String, List<Event>> file : files.entrySet()) {
      List<String> lines = new ArrayList<>(List.of(Event.HEADING));
      file.getValue().forEach(event -> lines.add(event.line()));
      writeIfChanged(folder.resolve(file.getKey()), lines);
    }
    Files.createDirectories(folder.resolve("customers"));
    writeIfChanged(
        folder.resolve("customers/all.csv"),
        List.of("who,worth,boss", "c1,7.50,c3", "c2,0,c1", "c12,3,"));
    List<String> links = new ArrayList<>(List.of("other,who"));
    aliases.forEach((other, who) -> links.add(other + "," + who));
    Files.createDirectories(folder.resolve("aliases"));
    writeIfChanged(folder.resolve("aliases/all.csv"), links);
  }

  private static void writeIfChanged(Path file, List<String> lines) throws IOException {
    if (!Files.exists(file) || !Files.readAllLines(file).equals(lines)) {
      Files.write(file, lines);
    }
  }

  Path output(String name) {
    return folder.resolve(name);
  }

  OutputFolder out(String name) throws IOException {
    return OutputFolders.open(
        output(name), spark.sparkContext().hadoopConfiguration(), () -> ToyFirm.NOON);
  }

  /** A job that publishes to one of several outputs. */
  NightJob job(String output, String... sets) {
    return new NightJob(
        spark,
        plan(output, sets),
        SilentProgress.INSTANCE,
        new RunRecord("run", ToyFirm.NOON),
        () -> ToyFirm.NOON);
  }

  /** The plan of nights that publish to one of several outputs. */
  NightPlan plan(String output, String... sets) {
    Problems problems = new Problems();
    String configuration =
        CONFIGURATION
            .replace("indicators:", (aliases.isEmpty() ? "" : ALIASES) + "indicators:")
            .formatted(folder, output(output));
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                "growing.yaml", configuration, Map.of(), List.of(sets), problems),
            problems);
    problems.throwIfAny();
    return plan;
  }
}
