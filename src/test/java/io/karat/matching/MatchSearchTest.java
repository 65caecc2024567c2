package io.karat.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.generate.SyntheticFirm;
import io.karat.publishing.FoundMatches;
import io.karat.publishing.MatchStep;
import io.karat.publishing.MatchStore;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.publishing.RunTables;
import io.karat.run.Failpoint;
import io.karat.run.InputException;
import io.karat.run.RefusedException;
import io.karat.tables.ContentHash;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches for duplicates among a hundred customers: Anna Smith is there twice, and a third time
 * under an id of which only the name is known. Most others have nothing in common. That a name is
 * the same speaks for one customer as 0.92 / (2 / 99), or 5.51 bits, less 4.25 of the prior of
 * 0.05: a probability of 0.71.
 */
@ExtendWith(LocalSpark.class)
class MatchSearchTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final String CUSTOMERS =
      """
      id,name,phone,tax,city
      c01,Anna Smith,555 0101,T1,Bath
      c02,"Smith, Anna",5550101,t-1,Bath
      c03,Anna Smith,,,
      c04,Bob Jones,555 0202,T2,Bath
      c05,Carl Young,555 0303,T3,Bath
      c06,Dora White,555 0404,T4,Bath
      c07,Emil Brown,555 0505,T5,Bath
      c08,Fay Black,555 0606,T6,Bath
      c09,Gus Green,555 0707,T7,Leeds
      c10,Hanna King,555 0808,T8,Leeds
      c11,Ines Wolf,555 0909,T9,Leeds
      """;
  private static final int OTHERS = 89;
  private static final String CONFIGURATION =
      """
      inputs:
        customers:
          path: %s
          format: csv
          columns: {customer_id: id}
      %s
      matching:
        fields:
          name: {compare: text}
          phone: {compare: digits}
          tax_id: {column: tax, compare: exact}
        block: [tax_id, phone, name, city]
        most_in_block: 5
        prior: 0.05
        review: 0.5
        accept: 0.95
      """;
  private static final String OWN_ALIASES =
      """
        aliases:
          path: %s/matching/aliases.csv
          format: csv
          columns: {alias_id: alias_id, customer_id: customer_id}
      """;

  private final SparkSession spark;
  @TempDir Path folder;
  private OutputFolder output;

  MatchSearchTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() throws IOException {
    output = OutputFolders.open(folder.resolve("out"), new Configuration(), () -> Instant.EPOCH);
    Files.writeString(folder.resolve("customers.csv"), customers());
  }

  private static String customers() {
    StringBuilder customers = new StringBuilder(CUSTOMERS);
    for (int other = 0; other < OTHERS; other++) {
      String name =
          Character.toString('a' + other % 26).repeat(3)
              + Character.toString('m' - other / 26).repeat(4);
      customers.append(
          "x%02d,%s,77%02d%02d,U%d,\n".formatted(other, name, other, 99 - other, other));
    }
    return customers.toString();
  }

  @Test
  void pairsAreListedForPeopleWhoDecide() throws IOException {
    MatchResult found = find(plan("")).orElseThrow();

    assertEquals(100, found.customers());
    assertEquals(4_950, found.possible());
    assertEquals(
        List.of("tax_id 1 0 1 1", "phone 1 0 1 0", "name 1 0 3 2", "city 1 1 3 3"),
        found.rules().stream()
            .map(
                it ->
                    "%s %d %d %d %d"
                        .formatted(it.rule(), it.blocks(), it.leftOut(), it.pairs(), it.added()))
            .toList());
    assertEquals(6, found.comparisons());
    assertEquals(
        List.of(
            "Rule 'city' leaves out the block 'bath' with 7 customers. Add a term to the rule, or"
                + " raise matching.most_in_block."),
        found.warnings());
    assertEquals(
        Map.of(
            "c01 c02", "PROPOSED EQUAL EQUAL EQUAL",
            "c01 c03", "REVIEW EQUAL UNKNOWN UNKNOWN",
            "c02 c03", "REVIEW EQUAL UNKNOWN UNKNOWN"),
        listed());
    assertEquals(Map.of("c01", List.of("c01", "c02")), clusters());
    assertTrue(
        Files.readString(run().resolve("review.csv"))
            .startsWith("customer_id,other_customer_id,probability,decision\n\"c01\",\"c02\",0.9"));
    assertTrue(Files.readString(run().resolve("model.json")).contains("\"prior\" : 0.05,"));
    assertEquals(Optional.empty(), find(plan("")).map(MatchResult::run));

    // The same in three files, backwards, in other partitions.
    Map<String, ContentHash> first = hashes();
    deliverBackwards();
    with("spark.sql.shuffle.partitions", "7", () -> assertTrue(find(plan("")).isPresent()));
    assertEquals(first, hashes());

    // A pair that was decided is not asked again, and nothing goes against a rejection.
    list("c02,c03,0.7,accepted\nc03,c01,0.7,Rejected\nc01,c02,0.99,\n");
    assertEquals(2, accept(Optional.of("reviewed.csv")).kept());
    MatchAcceptance.Outcome proposed = accept(Optional.empty());
    list("c01,c02,,accepted\n");
    RefusedException refused =
        assertThrows(RefusedException.class, () -> accept(Optional.of("reviewed.csv")));

    assertEquals(0, proposed.kept());
    assertEquals(1, proposed.heldBack());
    assertEquals(
        "Cannot write aliases: 1 rejected pair would become one customer by way of accepted pairs."
            + " Reject a pair on the way, or accept it.",
        refused.getMessage());
    assertEquals("alias_id,customer_id\n\"c03\",\"c02\"\n", aliases());
    assertTrue(find(plan("")).isPresent());
    assertEquals("ACCEPTED EQUAL UNKNOWN UNKNOWN", listed().get("c02 c03"));
    assertEquals("REJECTED EQUAL UNKNOWN UNKNOWN", listed().get("c01 c03"));
  }

  private void with(String key, String value, Search search) throws IOException {
    String before = spark.conf().get(key);
    spark.conf().set(key, value);
    try {
      search.call();
    } finally {
      spark.conf().set(key, before);
    }
  }

  private interface Search {
    void call() throws IOException;
  }

  private void deliverBackwards() throws IOException {
    List<String> lines = customers().lines().collect(Collectors.toList());
    String heading = lines.remove(0);
    Collections.reverse(lines);
    Files.delete(folder.resolve("customers.csv"));
    Files.createDirectory(folder.resolve("customers.csv"));
    for (int file = 0; file < 3; file++) {
      Files.writeString(
          folder.resolve("customers.csv/%d.csv".formatted(file)),
          heading
              + "\n"
              + Stream.iterate(file, it -> it < lines.size(), it -> it + 3)
                  .map(lines::get)
                  .collect(Collectors.joining("\n")));
    }
  }

  /** Whatever step a command is cut off at, the next one finishes it, and none is done twice. */
  @Test
  void acceptedPairsAreOneCustomerWhereverACommandWasCutOff() throws IOException {
    cutOff(MatchStep.BEFORE_FOUND, () -> find(plan("")));
    assertEquals(Optional.empty(), output.matches().latest());
    cutOff(MatchStep.AFTER_FOUND, () -> find(plan("")));
    assertEquals(Optional.empty(), find(plan("")).map(MatchResult::run));
    assertEquals(3, listed().size());

    cutOff(MatchStep.BEFORE_DECISIONS, () -> accept(Optional.empty()));
    assertEquals(0, output.matches().decisions().size());
    cutOff(MatchStep.AFTER_DECISIONS, () -> accept(Optional.empty()));
    assertEquals(1, output.matches().decisions().size());
    cutOff(MatchStep.AFTER_ALIASES, () -> accept(Optional.empty()));
    assertEquals(0, accept(Optional.empty()).kept());
    assertEquals("alias_id,customer_id\n\"c02\",\"c01\"\n", aliases());

    MatchResult later = find(plan(OWN_ALIASES.formatted(folder.resolve("out")))).orElseThrow();
    assertEquals(99, later.customers());
    assertEquals(Map.of("c01 c03", "REVIEW EQUAL UNKNOWN UNKNOWN"), listed());
    assertEquals(1, accept(Optional.empty()).aliases());
  }

  private static void cutOff(MatchStep step, Executable command) {
    System.setProperty(Failpoint.PROPERTY, step + ":throw");
    try {
      assertEquals(
          "Failpoint %s is reached".formatted(step),
          assertThrows(IllegalStateException.class, command).getMessage());
    } finally {
      System.clearProperty(Failpoint.PROPERTY);
    }
  }

  /**
   * Of 2,000 customers 200 are in the list twice, as karat generate --duplicates 200 writes them.
   * They are joined as a million would be, which Spark must be able to compile.
   */
  @Test
  @Tag("long")
  void plantedDuplicatesAreFoundAgain() throws IOException {
    Path firm = folder.resolve("firm");
    new SyntheticFirm(
            2_000,
            33,
            1,
            LocalDate.of(2024, 1, 1),
            SyntheticFirm.DEFAULT_ZONE,
            1,
            200,
            false,
            false)
        .write(spark, firm.toString());
    MatchPlan plan =
        MatchPlanTest.plan(
            """
            inputs:
              customers:
                path: %s/customers/day={latest}
                columns: {customer_id: customer_id, display_name: display_name, created_date: created_date}
                characteristics: {phone: category, email: category, street: category, postcode: category, tax_id: category}
            matching: {}
            """
                .formatted(firm));
    List<MatchResult> results = new ArrayList<>();
    try (RunLock lock = output.lock("match")) {
      MatchSearch search = new MatchSearch(spark, plan, output);
      with(
          "spark.sql.autoBroadcastJoinThreshold",
          "-1",
          () -> search.find(LocalDate.of(2024, 2, 2), lock).ifPresent(results::add));
    }
    MatchResult found = results.get(0);
    List<String> present =
        spark
            .read()
            .parquet(firm + "/customers/day=2024-02-01")
            .select("customer_id")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    List<String> planted =
        spark.read().parquet(firm + "/truth/duplicates").collectAsList().stream()
            .map(row -> row.<String>getAs("customer_id") + " " + row.<String>getAs("duplicate_id"))
            .filter(pair -> present.contains(pair.substring(0, 8)))
            .toList();
    List<String> proposed =
        table(MatchStore.CANDIDATES).stream()
            .filter(row -> row.<String>getAs("status").equals("PROPOSED"))
            .map(
                row ->
                    row.<String>getAs("customer_id") + " " + row.<String>getAs("other_customer_id"))
            .toList();
    long right = planted.stream().filter(proposed::contains).count();

    String figures =
        "%d planted, %d proposed, %d right, one in %d, %s"
            .formatted(planted.size(), proposed.size(), right, found.oneIn(), found.fields());
    assertTrue(planted.size() > 150, figures);
    assertTrue(right >= planted.size() * 0.95, figures);
    assertTrue(proposed.size() - right <= 1, figures);
  }

  @Test
  void listsAndCustomersThatAreNotUsableSayWhy() throws IOException {
    assertEquals(
        "Cannot accept pairs: none were looked for yet. Run karat match.",
        assertThrows(RefusedException.class, () -> accept(Optional.empty())).getMessage());

    list("c01,c01,,accepted\nc01,c02,,yes\n");
    assertEquals(
        "The list of decisions has 2 unusable rows: expected two different ids and one of accepted,"
            + " rejected, undecided. Correct them, or leave the decision empty.",
        assertThrows(InputException.class, () -> accept(Optional.of("reviewed.csv"))).getMessage());

    Files.writeString(folder.resolve("reviewed.csv"), "customer_id,decision\nc01,accepted\n");
    assertEquals(
        "The list of decisions lacks the column 'other_customer_id': expected customer_id,"
            + " other_customer_id, probability, decision. Found columns: customer_id, decision",
        assertThrows(InputException.class, () -> accept(Optional.of("reviewed.csv"))).getMessage());

    Files.writeString(
        folder.resolve("customers.csv"),
        customers().lines().limit(2).collect(Collectors.joining("\n")));
    assertEquals(
        "Cannot look for duplicates: 'inputs.customers' has 1 usable row, expected at least 2."
            + " Check its path and mapping.",
        assertThrows(RefusedException.class, () -> find(plan(""))).getMessage());
    assertEquals(
        "Cannot cluster the pairs that were found: there are more than 3, which is no list of"
            + " duplicates. Raise 'matching.accept', or compare by fields that tell customers apart.",
        assertThrows(RefusedException.class, () -> MatchedPairs.requireFew(4, 3)).getMessage());
  }

  private MatchPlan plan(String more) {
    return MatchPlanTest.plan(
        CONFIGURATION.formatted(folder.resolve("customers.csv"), more)
            + "output: {path: %s}\n".formatted(folder.resolve("out")));
  }

  private Optional<MatchResult> find(MatchPlan plan) throws IOException {
    try (RunLock lock = output.lock("match")) {
      return new MatchSearch(spark, plan, output).find(DAY, lock);
    }
  }

  private MatchAcceptance.Outcome accept(Optional<String> list) throws IOException {
    try (RunLock lock = output.lock("match accept")) {
      return new MatchAcceptance(spark, output.matches())
          .accept(list.map(name -> folder.resolve(name).toString()), lock);
    }
  }

  private void list(String rows) throws IOException {
    Files.writeString(
        folder.resolve("reviewed.csv"),
        "customer_id,other_customer_id,probability,decision\n" + rows);
  }

  private String aliases() throws IOException {
    return Files.readString(folder.resolve("out/matching/aliases.csv"));
  }

  private Path run() throws IOException {
    FoundMatches found = output.matches().latest().orElseThrow();
    return folder.resolve("out").resolve(found.path());
  }

  /** The listed pairs with status and levels. */
  private Map<String, String> listed() throws IOException {
    return table(MatchStore.CANDIDATES).stream()
        .collect(
            Collectors.toMap(
                row ->
                    row.<String>getAs("customer_id") + " " + row.<String>getAs("other_customer_id"),
                row ->
                    "%s %s %s %s"
                        .formatted(
                            row.<String>getAs("status"),
                            row.<String>getAs("name_level"),
                            row.<String>getAs("phone_level"),
                            row.<String>getAs("tax_id_level"))));
  }

  private Map<String, List<String>> clusters() throws IOException {
    return table(MatchStore.CLUSTERS).stream()
        .collect(
            Collectors.groupingBy(
                row -> row.<String>getAs("cluster_id"),
                Collectors.mapping(row -> row.<String>getAs("customer_id"), Collectors.toList())));
  }

  private Map<String, ContentHash> hashes() throws IOException {
    FoundMatches found = output.matches().latest().orElseThrow();
    RunTables tables = output.matches().tables(found);
    return Map.of(
        "pairs",
        ContentHash.of(spark.read().parquet(tables.location(MatchStore.CANDIDATES))),
        "clusters",
        ContentHash.of(spark.read().parquet(tables.location(MatchStore.CLUSTERS))));
  }

  private List<Row> table(String name) throws IOException {
    FoundMatches found = output.matches().latest().orElseThrow();
    return spark.read().parquet(output.matches().tables(found).location(name)).collectAsList();
  }
}
