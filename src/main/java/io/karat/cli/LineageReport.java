package io.karat.cli;

import io.karat.input.TableRuntime;
import io.karat.lineage.LineageEvent;
import io.karat.night.ConfiguredOutput;
import io.karat.night.NightPlan;
import io.karat.night.NightResult;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.openlineage.client.Clients;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.transports.HttpTransportResponseException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Report of published nights to OpenLineage. Its Java client is no part of Karat, and reads in its
 * own configuration where events go.
 */
record LineageReport(NightPlan plan, Configuration hadoop, String namespace) {
  private static final String PACKAGE = "io.openlineage:openlineage-java:1.39.0";
  private static final TableRuntime CLIENT =
      new TableRuntime(
          "OpenLineage",
          "io.openlineage.client.OpenLineageClient",
          Map.of("4.0", PACKAGE, "4.1", PACKAGE, "4.2", PACKAGE));

  /**
   * Sends the event of a night.
   *
   * @return why it was not taken and what to do, in sentences; empty if it was
   */
  Optional<String> send(NightResult night) {
    if (!CLIENT.isThere()) {
      return Optional.of(unsent(night, "the jar of its client is missing", CLIENT.remedy()));
    }
    try {
      emit(night);
      return Optional.empty();
    } catch (Exception | LinkageError failure) {
      // Whatever the client throws, also where jars that it needs are missing.
      return Optional.of(
          unsent(night, reason(failure), "Check notify.openlineage and openlineage.yml."));
    }
  }

  private void emit(NightResult night) throws Exception {
    OutputFolder output = ConfiguredOutput.open(plan.settings().output(), hadoop, Clock.SYSTEM);
    Release release = output.head().release(night.run().id()).orElseThrow();
    LineageEvent event = new LineageEvent(plan.settings(), night, output.tables(release), hadoop);
    OpenLineageClient client = Clients.newClient();
    try {
      client.emit(event.complete(namespace, Clock.SYSTEM.instant()));
    } finally {
      client.close();
    }
  }

  private static String unsent(NightResult night, String reason, String remedy) {
    return "Night %s is published, but was not reported to OpenLineage: %s. %s"
        .formatted(night.run().asOf(), reason, remedy);
  }

  /** The reason as a clause, without a text that could have a part of an address or a key. */
  private static String reason(Throwable failure) {
    if (failure instanceof HttpTransportResponseException refused) {
      return "the server answered %d".formatted(refused.getStatusCode());
    }

    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof OpenLineageClientException
        ? "its client says '%s'".formatted(root.getMessage())
        : "its client failed with " + root.getClass().getSimpleName();
  }
}
