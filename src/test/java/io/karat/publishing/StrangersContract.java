package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that what is not Karat's is passed over, named by the status, and never deleted. */
interface StrangersContract extends FreshFolder {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "commits/7.json.bak",
        "commits/backup-99.json",
        "commits/99.json",
        "commits/007.json",
        "commits/2.json/inside",
        "commits/5.json/inside",
        "commits/old/1.json",
        "lock/x99.json",
        "lock/99.json.tmp",
        "lock/3.json/inside",
        "lock/88.json/inside",
        "releases/README.txt",
        "releases/a backup/run.json",
        "releases/a/notes.txt",
        "releases/a/copy of 1/part.parquet",
        "staging",
        "staging/notes.txt",
        "history/notes.txt",
        "history/as_of_date=yesterday/x/y",
        "history/as_of_date=2026-03-01/notes.txt",
        "models/README",
        "models/cuts/fits/note-5.json",
        "models/cuts/fits/2.json/inside",
        "models/cuts/copy of 5b4b1fb51004.json",
        "notes.txt",
        "backup/commits/1.json"
      })
  @Timeout(60)
  default void passesOverWhatIsNotIts(String stranger) throws IOException {
    ToyJob one = job().keeping(1);
    one.run("a", "2026-03-01");
    one.fit("x", "a");
    one.storage().replace(stranger, one.storage().read("commits/1.json").orElseThrow());
    one.run("b", "2026-03-02");
    one.run("c", "2026-03-03");
    one.rollBack();
    one.accept("latest");
    one.publish("c");
    one.run("d", "2026-03-04");

    assertEquals("d of 1: 03-01 a, 03-02 b, 03-03 c, 03-04 d", one.seen());
    List<String> strangers = one.out().status().strangers();
    assertEquals(1, strangers.size(), strangers.toString());
    assertEquals(
        stranger.substring(0, strangers.get(0).length() - (strangers.get(0).endsWith("/") ? 1 : 0)),
        strangers.get(0).replaceAll("/$", ""));
    assertEquals(true, one.storage().read(stranger).isPresent());
  }
}
