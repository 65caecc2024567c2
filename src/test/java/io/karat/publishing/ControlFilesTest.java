package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the exact text of the control files that others may read. */
class ControlFilesTest {
  @TempDir private Path folder;
  private ToyJob job;

  @BeforeEach
  void publishOneNight() throws IOException {
    job = ToyJob.at(folder.toString(), () -> ToyJob.NOON);
    job.run("a", "2026-03-01");
  }

  @Test
  void aCommitSaysWhatIsPublished() throws IOException {
    assertEquals(
        """
        {
          "format" : 2,
          "n" : 1,
          "output" : "OUTPUT",
          "action" : "publish",
          "run_id" : "a",
          "live" : "a",
          "live_as_of_date" : "2026-03-01",
          "releases" : [ {
            "run_id" : "a",
            "as_of_date" : "2026-03-01",
            "path" : "releases/a/ATTEMPT",
            "withdrawn" : false,
            "retained" : true,
            "written_at" : "2026-03-02T12:00:00Z",
            "tables" : {
              "customer_indicators" : {
                "rows" : 3,
                "content_hash" : "00ff"
              },
              "customer_value_history" : {
                "rows" : 3,
                "content_hash" : "00ff"
              }
            },
            "models" : {
              "cuts" : {
                "id" : "5b4b1fb51004",
                "origin" : "first run"
              }
            }
          } ],
          "nights" : {
            "2026-03-01" : {
              "run_id" : "a",
              "files" : [ "history/as_of_date=2026-03-01/a/ATTEMPT/part-0-a.parquet" ],
              "table" : {
                "rows" : 3,
                "content_hash" : "000000000000000000000000000000ff"
              }
            }
          },
          "models" : { },
          "inputs" : {
            "transactions" : "2026-03-01"
          },
          "log" : [ ],
          "written_at" : "2026-03-02T12:00:00Z"
        }
        """,
        read("commits/1.json"));
  }

  @Test
  void currentSaysWhereTheLiveReleaseIs() throws IOException {
    assertEquals(
        """
        {
          "format" : 2,
          "output" : "OUTPUT",
          "commit" : 1,
          "run_id" : "a",
          "as_of_date" : "2026-03-01",
          "path" : "releases/a/ATTEMPT",
          "models" : {
            "cuts" : {
              "id" : "5b4b1fb51004",
              "origin" : "first run"
            }
          }
        }
        """,
        read("current.json"));
  }

  @Test
  void aRunSaysWhatItsCommitNeeds() throws IOException {
    assertEquals(
        """
        {
          "format" : 2,
          "run_id" : "a",
          "as_of_date" : "2026-03-01",
          "attempt" : "ATTEMPT",
          "path" : "releases/a/ATTEMPT",
          "started_from" : 0,
          "make_live" : false,
          "tables" : {
            "customer_indicators" : {
              "rows" : 3,
              "content_hash" : "00ff"
            },
            "customer_value_history" : {
              "rows" : 3,
              "content_hash" : "00ff"
            }
          },
          "models" : {
            "cuts" : {
              "id" : "5b4b1fb51004",
              "origin" : "first run"
            }
          },
          "night" : {
            "run_id" : "a",
            "files" : [ "history/as_of_date=2026-03-01/a/ATTEMPT/part-0-a.parquet" ],
            "table" : {
              "rows" : 3,
              "content_hash" : "000000000000000000000000000000ff"
            }
          },
          "files" : {
            "customer_indicators/part-0-a.parquet" : 1,
            "customer_value_history.json" : 120,
            "customer_value_history/2026-03-01-part-0-a.parquet" : 1,
            "run_report.json" : 3
          },
          "inputs" : {
            "transactions" : "2026-03-01"
          }
        }
        """,
        read(job.path("a") + "/run.json"));
  }

  @Test
  void theHistoryIsAListOfFilesThatReleasesShare() throws IOException {
    job.run("b", "2026-03-02");
    String list = job.path("b") + "/customer_value_history.json";

    assertEquals(
        """
        {"as_of_date":"2026-03-01","run_id":"a","file":"history/as_of_date=2026-03-01/a/ATTEMPT/part-0-a.parquet","bytes":1}
        {"as_of_date":"2026-03-02","run_id":"b","file":"OTHER/part-0-b.parquet","bytes":1}
        """,
        read(list)
            .replace(job.path("b").replace("releases", "history/as_of_date=2026-03-02"), "OTHER"));

    job.storage().replace(list, "{\"as_of_date\":\"2026-03-01\",\"run");
    DamagedFileException damaged =
        assertThrows(
            DamagedFileException.class,
            () -> job.out().tables(job.out().head().release("b").orElseThrow()).nights());
    assertEquals("it is cut off or incomplete (line 1)", damaged.damage());
  }

  /** A control file without what is new in every output. */
  private String read(String file) throws IOException {
    return job.storage()
        .read(file)
        .orElseThrow()
        .replace(job.path("a").replace("releases/a/", ""), "ATTEMPT")
        .replace(job.out().id().orElseThrow(), "OUTPUT");
  }

  @Test
  void aTableMayHaveNoContentHash() throws IOException {
    String commit = job.storage().read("commits/1.json").orElseThrow();
    job.storage().replace("commits/1.json", commit.replace("\"00ff\"", "null"));

    assertEquals(
        List.of(new Release.Table(3, Optional.empty()), new Release.Table(3, Optional.empty())),
        List.copyOf(job.out().head().releases().get(0).tables().values()));
    assertEquals(commit.replace("\"00ff\"", "null"), ControlFileJson.write(job.out().head()));
  }

  @Test
  void filesFromBeforeThereWereModelsNameNone() throws IOException {
    for (String file : List.of("commits/1.json", "current.json", job.path("a") + "/run.json")) {
      String text = job.storage().read(file).orElseThrow();
      String before = text.replaceAll(",\\s*\"models\" : \\{( |[^{}]*\\{[^{}]*}\\s*)}", "");
      job.storage().replace(file, before);
      assertFalse(before.contains("models"), before);
    }

    assertEquals(Map.of(), job.out().head().models());
    assertEquals(Map.of(), job.out().head().release("a").orElseThrow().models());
    assertEquals(Map.of(), job.out().current().orElseThrow().models());

    job.run("b", "2026-03-02");
    job.rollBack();
    assertEquals("a of 1: 03-01 a", job.seen());
    assertEquals(Commit.Action.MAKE_LIVE, job.publish("b").action());
  }

  @Test
  void aFormOfALaterVersionIsRefused() throws IOException {
    job.storage().replace("commits/2.json", "{\"format\": 3}\n");

    UsageException error = assertThrows(UsageException.class, () -> job.out().head());
    assertEquals(
        "commits/2.json has format 3: expected at most 2. Use the version of Karat that wrote it.",
        error.getMessage());
  }
}
