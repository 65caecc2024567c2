package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.matching.MatchPlan;
import io.karat.matching.MatchSearch;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that find and accept duplicates, and what they say. */
class MatchCommandTest {
  private final Transcript transcript = new Transcript(false);
  @TempDir Path folder;

  @Test
  void withoutAConfigurationThereIsNothingToLookThrough() {
    assertEquals(
        ExitCode.USAGE,
        transcript.type(List.of(new MatchCommand()), "match", "--as-of", "20260301"));

    assertEquals(
        "There is no configuration: expected --config FILE, the variable KARAT_CONFIG, or karat.yaml in this folder. 'karat init DATA' writes one.\n",
        transcript.remarks());
  }

  @Test
  void aConfigurationWithoutMatchingSaysWhatToAdd() throws Exception {
    Path file = folder.resolve("karat.yaml");
    Files.writeString(
        file,
        "inputs: {customers: {path: data, columns: {customer_id: id, display_name: name}}}\n");
    String expected =
        "Cannot look for duplicates: 'matching' is not configured. Add 'matching: {}', or with"
            + " fields of your own.\n";

    assertEquals(
        ExitCode.USAGE,
        transcript.type(List.of(new MatchCommand()), "match", "--config", file.toString()));
    assertEquals(
        ExitCode.USAGE,
        transcript.type(
            List.of(new MatchCommand()), "match", "accept", "--config", file.toString()));

    assertEquals(expected + expected, transcript.remarks());
  }

  /** Anna is there three times by name and telephone number, but one of them is somebody else. */
  @Test
  @ExtendWith(LocalSpark.class)
  void whatIsFoundAndAcceptedIsSaid(SparkSession spark) throws Exception {
    Files.writeString(
        folder.resolve("customers.csv"),
        """
        id,name,phone
        c1,Anna Smith,5550101
        c2,Anna Smith,5550101
        c3,Anna Smith,5550101
        c4,Bob Jones,5550202
        c5,Carl Young,5550303
        """);
    Files.writeString(
        folder.resolve("karat.yaml"),
        """
        inputs: {customers: {path: customers.csv, format: csv, columns: {customer_id: id}}}
        matching:
          fields: {name: {}, phone: {}}
          block: [phone]
          prior: 0.5
          review: 0.5
          accept: 0.5
        """);
    Files.writeString(
        folder.resolve("reviewed.csv"), "customer_id,other_customer_id,decision\nc1,c3,rejected\n");
    Settings settings =
        ConfigurationReader.read(folder.resolve("karat.yaml"), Map.of(), List.of(), new Problems());
    OutputFolder output =
        OutputFolders.open(folder.resolve("out"), new Configuration(), () -> Instant.EPOCH);

    try (RunLock lock = output.lock("match")) {
      MatchCommand.show(
          new MatchSearch(spark, MatchPlan.of(settings), output)
              .find(LocalDate.of(2026, 3, 1), lock)
              .orElseThrow(),
          transcript.console());
    }
    Optional<String> reviewed = Optional.of(folder.resolve("reviewed.csv").toString());
    MatchAcceptCommand.accept(spark, output, reviewed, transcript.console());
    MatchAcceptCommand.accept(spark, output, Optional.empty(), transcript.console());

    List<String> lines = transcript.results().lines().toList();
    assertEquals(
        List.of(
            "rule   blocks  left out  comparisons  not by a rule before",
            "-----  ------  --------  -----------  --------------------",
            "phone       1         0            3                     3",
            "3 comparisons of 10 possible pairs of 5 customers."),
        lines.subList(0, 4));
    assertTrue(lines.get(4).matches("field +level +one customer +two +weight"), lines.get(4));
    String file = folder.resolve("out/matching/aliases.csv").toString();
    String nights = "Nights read them where inputs.aliases names this file, with format csv.";
    assertEquals(
        List.of(
            "One pair in 2 is expected to be of one customer.",
            "Pairs: 3 proposed, 0 to review, 0 accepted, 0 rejected, 0 undecided.",
            "Clusters: 1 of 3 customers, the largest of 3.",
            "Written to RUN: review.csv is the list for people.",
            "'karat match accept' accepts what is proposed, with --decisions what a list says.",
            "Kept 1 new decision. 0 aliases are written to %s.".formatted(file),
            nights,
            "Kept 0 new decisions. 0 aliases are written to %s.".formatted(file),
            nights),
        lines.subList(lines.size() - 9, lines.size()).stream()
            .map(line -> line.replaceFirst("to .*/matching/runs/[^:]*", "to RUN"))
            .map(line -> line.replaceFirst("file:/+", "/"))
            .toList());
    assertEquals(
        """
        Warning: How often 'phone' agrees within one customer cannot be learned, as every rule uses it. Add a rule without it.
        Warning: 2 proposed pairs were not accepted, as a rejected pair would become one customer. Decide them with --decisions.
        """,
        transcript.remarks());
  }
}
