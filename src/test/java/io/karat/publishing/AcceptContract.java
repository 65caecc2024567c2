package io.karat.publishing;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.models.Model;
import io.karat.run.Failpoint;
import io.karat.run.FencedException;
import io.karat.run.LockedException;
import io.karat.run.RefusedException;
import io.karat.run.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests of accepting models, which later nights then use. Letters are runs; x and y are fitted on
 * command.
 */
interface AcceptContract extends FreshFolder {
  @Test
  default void nightsGoByAnAcceptedModelFromThenOn() throws IOException {
    job().run("a", "2026-03-01");
    job().fit("x", "a");
    job().run("b", "2026-03-02");
    assertEquals("a in use of a, x candidate of a", states());

    Commit accepted = job().accept("latest");
    assertEquals(Commit.Action.ACCEPT, accepted.action());
    assertEquals(Map.of("cuts", id("x")), accepted.models());
    assertEquals("b of 1: 03-01 a, 03-02 b", job().seen());
    assertEquals("a 2026-03-01\nb 2026-03-02 live\n", job().releases());
    assertEquals("a in use of a, x accepted of a", states());
    assertEquals(Map.of("cuts", id("x")), job().out().status().models());

    job().run("c", "2026-03-03");
    job().run("z", "2026-02-28");
    assertEquals(
        """
        a learned by a, first run
        b learned by a, first run
        c learned by x, accepted
        z learned by x, accepted
        """,
        job().models());
    assertEquals("a retired of a, x accepted of a", states());

    assertEquals(accepted.number() + 2, job().accept(id("x")).number(), "nothing is left to do");
  }

  @Test
  default void whatTheAcceptedModelLacksIsThatOfTheNightBefore() throws IOException {
    job().run("a", "2026-03-01");
    job().fit("x", "a");
    job().accept("latest");
    Commit head = job().out().head();

    assertEquals(List.of(id("x")), head.liveModels("cuts", LocalDate.parse("2026-03-01")));
    assertEquals(List.of(id("x"), id("a")), head.liveModels("cuts", LocalDate.parse("2026-03-02")));
    assertEquals(List.of(), head.liveModels("segments", LocalDate.parse("2026-03-02")));

    try (RunLock lock = job().out().lock("a run that extends what is accepted")) {
      Staging staging = job().out().stage("b", LocalDate.parse("2026-03-02"), head, lock);
      assertEquals(List.of(ToyJob.fitted("x"), ToyJob.fitted("a")), staging.liveModels("cuts"));
      staging.use(ToyJob.fitted("x and a"));
      assertEquals(
          Map.of("cuts", new UsedModel(id("x and a"), UsedModel.Origin.FIRST_RUN)),
          staging.models());
    }
  }

  @Test
  default void aRollbackKeepsWhatIsAccepted() throws IOException {
    job().run("a", "2026-03-01");
    job().fit("x", "a");
    job().accept("latest");
    job().run("b", "2026-03-02");

    Commit back = job().rollBack();
    assertEquals("a", back.live());
    assertEquals(Map.of("cuts", id("x")), back.models());
    assertEquals("a in use of a, x accepted of a", states());

    // A rollback of the model too is done by accepting the one before.
    assertEquals(Map.of("cuts", id("a")), job().accept(id("a")).models());
    assertEquals("a accepted of a, x retired of a", states());
  }

  @Test
  default void theLatestFitCountsAndAFitMayBeRepeated() throws IOException {
    job().run("a", "2026-03-01");
    job().fit("x", "a");
    job().fit("y", "a");
    assertEquals(id("y"), job().out().models().latest("cuts").orElseThrow().model());

    assertEquals(3, job().fit("x", "a").number());
    assertEquals(ToyJob.fitted("x"), job().out().models().find("cuts", "latest"));
    assertEquals(List.of("cuts"), job().out().models().kinds());
  }

  @Test
  default void refusesToAcceptWhatIsNotThere() throws IOException {
    UsageException none = assertThrows(UsageException.class, () -> job().accept("latest"));
    assertEquals(
        "No model of cuts was fitted yet, so there is no latest one."
            + " Run karat models fit cuts, or see karat models list cuts.",
        none.getMessage());
    UsageException unknown = assertThrows(UsageException.class, () -> job().accept("first"));
    assertEquals(
        "No model of cuts has the id 'first'. See karat models list cuts.", unknown.getMessage());

    new ModelFiles(job().storage()).write(ToyJob.fitted("a"));
    UsageException misspelt =
        assertThrows(UsageException.class, () -> job().accept(id("a").substring(1)));
    assertEquals(
        "No model of cuts has the id 'b4b1fb51004'. Did you mean '5b4b1fb51004'?",
        misspelt.getMessage());
    RefusedException empty = assertThrows(RefusedException.class, () -> job().accept(id("a")));
    assertEquals(
        "Cannot accept cuts 5b4b1fb51004: nothing is published yet."
            + " Run karat run to publish a night.",
        empty.getMessage());
    assertEquals("a candidate", states());
  }

  @Test
  default void aRunThatStartedBeforeIsFenced() throws IOException {
    job().run("a", "2026-03-01");
    try (RunLock lock = job().out().lock("two commands")) {
      StagedRun b = job().stage("b", "2026-03-02", false, lock);
      job().out().models().accept(ToyJob.fitted("x"), lock);
      FencedException error =
          assertThrows(FencedException.class, () -> job().out().commit(b, lock));
      assertEquals(
          ("Cannot publish run b: model cuts %s was accepted since this run started from a."
                  + " Run again to build on it.")
              .formatted(id("x")),
          error.getMessage());
    }
    assertEquals(ToyJob.fitted("x"), job().out().models().find("cuts", id("x")));
  }

  @Test
  default void aCommandThatLostItsLockAcceptsNothing() throws IOException {
    job().run("a", "2026-03-01");
    OutputFolder stalling = job().stalling();
    try (RunLock stalled = stalling.lock("accept");
        RunLock successor = stalling.lock("run 2026-03-02")) {
      LockedException error =
          assertThrows(
              LockedException.class,
              () -> job().out().models().accept(ToyJob.fitted("a"), stalled));
      assertEquals(
          ("Cannot accept cuts 5b4b1fb51004: its lock expired and was taken by %s."
                  + " Run again after that command has ended.")
              .formatted(job().out().status().lock().orElseThrow().lease().words()),
          error.getMessage());
      assertEquals(true, successor.stillHeld());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PublishingStep.class,
      names = {
        "BEFORE_COMMIT",
        "AFTER_COMMIT",
        "BEFORE_CURRENT",
        "AFTER_CURRENT_JSON",
        "AFTER_CURRENT"
      })
  default void isAcceptedOrNotAfterAFailureAnywhere(PublishingStep step) throws IOException {
    job().run("a", "2026-03-01");
    job().fit("x", "a");
    failAt(step, () -> job().accept("latest"));

    assertEquals("a of 1: 03-01 a", job().seen());
    assertAcceptedOnce();
  }

  @ParameterizedTest
  @EnumSource(
      value = PublishingStep.class,
      names = {"BEFORE_MODEL", "AFTER_MODEL"})
  default void isFittedAfterAFailureAnywhere(PublishingStep step) throws IOException {
    job().run("a", "2026-03-01");
    failAt(step, () -> job().fit("x", "a"));
    assertEquals(true, job().out().models().latest("cuts").isEmpty());

    job().fit("x", "a");
    assertEquals("a in use of a, x candidate of a", states());
  }

  default void killAndAcceptAgain(PublishingStep step) throws IOException, InterruptedException {
    job().run("a", "2026-03-01");
    job().fit("x", "a");
    Process killed = ToyProcess.start(step + ":halt", location(), "accept");
    assertEquals(Failpoint.HALTED, killed.waitFor());

    assertEquals("a of 1: 03-01 a", job().seen());
    assertAcceptedOnce();
  }

  private void assertAcceptedOnce() throws IOException {
    job().accept(id("x"));
    assertEquals(2, job().out().head().number());
    assertEquals(2, job().out().current().orElseThrow().commit());
    assertEquals("a in use of a, x accepted of a", states());
    assertEquals("a of 1: 03-01 a", job().seen());
  }

  private static void failAt(PublishingStep step, Executable act) {
    System.setProperty(Failpoint.PROPERTY, step.name());
    try {
      assertThrows(IllegalStateException.class, act);
    } finally {
      System.clearProperty(Failpoint.PROPERTY);
    }
  }

  private static String id(String learner) {
    return ToyJob.fitted(learner).id();
  }

  /**
   * The states of all models: the run that fitted each, its state, and the release whose customers
   * it was fitted on.
   */
  private String states() throws IOException {
    return job().out().models().list("cuts").stream()
        .map(
            line ->
                learner(line)
                    + " "
                    + line.state().words()
                    + line.firstFit().map(it -> " of " + it.runId()).orElse(""))
        .sorted()
        .collect(joining(", "));
  }

  private String learner(ModelStatus line) {
    try {
      Model model = job().out().models().read(line.kind(), line.id());
      return model.text().replaceAll(".*\"(.*)\"}\n", "$1");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
