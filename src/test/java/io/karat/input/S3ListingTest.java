package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.SecretOptions;
import io.karat.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of requests by which an input of very many objects is listed, on a real server that speaks
 * S3. The system property {@code karat.size} multiplies objects and the size of a page, which is
 * 1,000 at 40, as that of Amazon's.
 */
@Tag("long")
@Tag("s3")
class S3ListingTest {
  private static final int SIZE = Integer.getInteger("karat.size", 1);
  private static final int OBJECTS = 500 * SIZE;
  private static final int PAGES = 20;
  private static final int FOLDERS = 50;
  private static final int IN_FOLDERS = 2 * FOLDERS * SIZE;

  @TempDir private static Path folder;
  private static S3Server server;
  private static int ofOne;

  @BeforeAll
  static void start() throws Exception {
    List<String> names = new ArrayList<>(List.of("one/0.csv"));
    names.addAll(names("flat/%2$d.csv", OBJECTS));
    names.addAll(names("days/day=%1$d/%2$d.csv", IN_FOLDERS));
    server = S3Server.start(folder, names);
    ofOne = listings("one", 1);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    server.stop();
  }

  private static List<String> names(String pattern, int objects) {
    return IntStream.range(0, objects).mapToObj(at -> pattern.formatted(at % FOLDERS, at)).toList();
  }

  @Test
  void aFolderTakesARequestForEachPage() throws IOException {
    assertEquals(ofOne + PAGES - 1, listings("flat", OBJECTS));
  }

  @Test
  void eachFolderTakesARequestMore() throws IOException {
    assertEquals(ofOne + FOLDERS, listings("days", IN_FOLDERS));
  }

  /** The requests by which so many files are found, each with its size. */
  private static int listings(String name, int files) {
    Configuration hadoop = S3Server.reachedBy(new Configuration());
    hadoop.setInt("fs.s3a.paging.maximum", OBJECTS / PAGES);
    String path = "s3a://%s/%s".formatted(S3Server.BUCKET, name);
    int before = server.listings();
    List<SourceFile> found =
        new Source(
                "transactions",
                List.of(path),
                "csv",
                Map.of(),
                SecretOptions.NONE,
                Optional.empty(),
                List.of())
            .files(hadoop);
    assertEquals(files, found.stream().mapToLong(SourceFile::bytes).sum());
    return server.listings() - before;
  }
}
