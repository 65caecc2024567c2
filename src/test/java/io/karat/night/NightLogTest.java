package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.RefusedException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the driver's log of a night, as an operator reads it. */
@ExtendWith(LocalSpark.class)
class NightLogTest {
  private static final String SALE = "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE";
  private static final String UNREADABLE = "s2 | | 2026-03-01 09:00:00 | 10.00 | SALE";

  private final LoggerContext context = LoggerContext.getContext(false);
  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    lines.start();
    LoggerConfig karat = new LoggerConfig("io.karat", Level.INFO, false);
    karat.addAppender(lines, Level.INFO, null);
    context.getConfiguration().addLogger("io.karat", karat);
    context.updateLoggers();
  }

  @AfterEach
  void stopListening() {
    context.getConfiguration().removeLogger("io.karat");
    context.updateLoggers();
  }

  @Test
  void aNightIsToldFromItsIdentityToItsCommit(SparkSession spark, @TempDir Path folder)
      throws IOException {
    ToyFirm firm = ToyFirm.at(spark, folder).deliver("2026-03-01", SALE);
    String run = firm.run("2026-03-01").run().id();

    assertEquals(
        "INFO Night 2026-03-01: run %s builds on commit 0 and reads 1 inputs".formatted(run),
        lines.all.get(0));
    assertInOrder(
        "INFO Stage read inputs",
        "INFO Input transactions: 1 files; rows: 1 read, 1 used, 0 excluded, 0 after as of,"
            + " 0 quarantined, 0 duplicate",
        "INFO Stage checks",
        "INFO Uses model cuts",
        "INFO Table customer_indicators: 1 rows",
        "INFO Commit 1: run %1$s is published, run %1$s is live".formatted(run));

    firm.run("2026-03-01");
    assertEquals(
        "INFO Night 2026-03-01 is unchanged: run %s is published already".formatted(run),
        lines.all.get(lines.all.size() - 1));
  }

  @Test
  void aRefusalIsTheLastLine(SparkSession spark, @TempDir Path folder) {
    ToyFirm firm = ToyFirm.at(spark, folder).deliver("2026-03-01", SALE + "\n" + UNREADABLE);

    assertThrows(RefusedException.class, () -> firm.run("2026-03-01"));

    assertTrue(
        lines.all.get(lines.all.size() - 1).matches("INFO \\d+ of \\d+ checks passed"),
        lines.all::toString);
  }

  /** Each line begins one of the log, later than the line before. */
  private void assertInOrder(String... expected) {
    int from = 0;
    for (String line : expected) {
      int at = from;
      while (at < lines.all.size() && !lines.all.get(at).startsWith(line)) {
        at++;
      }
      assertTrue(at < lines.all.size(), () -> line + " is missing or too early in " + lines.all);
      from = at + 1;
    }
  }

  /** Appender that keeps every line. */
  private static final class Lines extends AbstractAppender {
    private final List<String> all = new ArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      all.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }
  }
}
