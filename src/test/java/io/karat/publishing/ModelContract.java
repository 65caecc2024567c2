package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.models.Model;
import io.karat.run.InputException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a fitted model stays in use. Letters are runs. */
interface ModelContract extends FreshFolder {
  @Test
  default void laterNightsUseTheModelOfTheFirstRun() throws IOException {
    job().run("b", "2026-03-02");
    job().run("c", "2026-03-03");
    job().run("a", "2026-03-01");
    job().run("d", "2026-03-04");

    assertEquals(
        """
        b learned by b, first run
        c learned by b, first run
        a learned by a, first run
        d learned by b, first run
        """,
        job().models());
    assertEquals(
        job().out().head().release("d").orElseThrow().models(),
        job().out().current().orElseThrow().models());
  }

  @Test
  default void aModelOutlivesTheReleasesThatWereMadeWithIt() throws IOException {
    ToyJob one = job().keeping(1);
    one.run("a", "2026-03-01");
    one.run("b", "2026-03-02");
    one.run("c", "2026-03-03");
    one.run("d", "2026-03-04");

    assertEquals(List.of("c", "d"), one.storage().folders("releases"));
    assertEquals("learned by a", one.models().lines().toList().get(3).substring(2, 14));
  }

  @Test
  default void aFileIsWrittenOnce() throws IOException {
    Model model = ToyJob.fitted("a");
    ModelFiles files = new ModelFiles(job().storage());
    files.write(model);
    files.write(model);

    assertEquals(List.of(model.id()), files.ids("cuts"));
    assertEquals(model, files.read("cuts", model.id()));
    assertEquals(List.of(), files.ids("segments"));
  }

  @Test
  default void aFileThatWasChangedOrIsGoneIsNotUsed() throws IOException {
    job().run("a", "2026-03-01");
    String file = "models/cuts/5b4b1fb51004.json";
    job().storage().replace(file, "{\"learned_by\" : \"x\"}\n");
    String message =
        "Model cuts 5b4b1fb51004 cannot be used: its file '%s' %s. Restore the original file, or"
            + " fit and accept another model: 'karat models fit cuts', then 'karat models accept"
            + " cuts latest'.";

    InputException changed = assertThrows(InputException.class, () -> job().run("b", "2026-03-02"));
    assertEquals(
        message.formatted(job().storage().location(file), "was changed since it was written"),
        changed.getMessage());
    assertEquals(
        changed.getMessage(),
        assertThrows(
                InputException.class,
                () -> new ModelFiles(job().storage()).write(ToyJob.fitted("a")))
            .getMessage());

    job().storage().delete(file);
    InputException gone = assertThrows(InputException.class, () -> job().run("b", "2026-03-02"));
    assertEquals(
        message.formatted(job().storage().location(file), "is missing"), gone.getMessage());
  }
}
