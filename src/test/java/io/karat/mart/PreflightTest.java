package io.karat.mart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.mart.LivePostgres.Bi;
import io.karat.run.UsageException;
import io.karat.settings.PostgreSql;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Preflight checks: they find what would stop a mart before a night begins, without telling the
 * password.
 */
@ExtendWith({LocalSpark.class, LivePostgres.class})
class PreflightTest {
  private final SparkSession spark;
  private final Bi bi;
  @TempDir Path folder;
  private PostgreSql right;

  PreflightTest(SparkSession spark, Bi bi) {
    this.spark = spark;
    this.bi = bi;
  }

  @BeforeEach
  void set() {
    right = bi.settings();
  }

  @Test
  void aMartThatCanBeMadeIsReadyWithThePasswordFromTheEnvironmentOrAFile() throws IOException {
    Path file = passwordFile("password", LivePostgres.SECRET + "\n", "rw-------");

    mart(right, Bi.environment()).requireReady();
    mart(with(right.url(), "karat", Optional.of(file.toString()), "analysts"), Map.of())
        .requireReady();
  }

  @Test
  void aWrongPasswordIsSaidWithoutIt() throws IOException {
    assertEquals(
        "PostgreSQL at '%s' cannot be used as role 'karat': password authentication failed for user \"karat\". Correct output.postgresql.user, or the password in the environment variable 'SECRET'."
            .formatted(bi.url()),
        refusal(right, Map.of("SECRET", "wrong horse")));
    assertEquals(
        "PostgreSQL at '%s' cannot be used as role 'karat': The server requested SCRAM-based authentication, but no password was provided. Correct output.postgresql.user, or the password in the environment variable 'SECRET'."
            .formatted(bi.url()),
        refusal(right, Map.of()));
    Path file = passwordFile("wrong", "wrong horse", "r--------");
    assertTrue(
        refusal(with(right.url(), "karat", Optional.of(file.toString()), "analysts"), Map.of())
            .endsWith("Correct output.postgresql.user, or the password in '%s'.".formatted(file)));
    assertEquals(
        "The password file 'none' cannot be read: NoSuchFileException. Correct"
            + " output.postgresql.password_file, or its permissions.",
        refusal(with(right.url(), "karat", Optional.of("none"), "analysts"), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rwx--x---", "r--r--r--"})
  void aPasswordFileThatIsOpenToOthersIsRefused(String permissions) throws IOException {
    Path file = passwordFile("open", LivePostgres.SECRET, permissions);

    assertEquals(
        "The password file '%1$s' is open to others: its permissions are %2$s, expected rw------- at most. Run: chmod 600 '%1$s'"
            .formatted(file, permissions),
        refusal(with(right.url(), "karat", Optional.of(file.toString()), "analysts"), Map.of()));
  }

  private Path passwordFile(String name, String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /** The address 0.0.0.0 leads to this machine, and is none of its own names. */
  @Test
  void customersGoToAnotherHostInClearTextOnlyIfTheConfigurationSaysSo() throws IOException {
    String elsewhere = bi.url().replace("localhost", "0.0.0.0");

    assertEquals(
        "PostgreSQL at '%s' cannot be used as role 'karat': it offers no encryption, which is expected of another host. Switch on ssl there, or add ?sslmode=disable to output.postgresql.url to send customers in clear text. Check output.postgresql.url, and that the server runs."
            .formatted(elsewhere),
        refusal(with(elsewhere, "karat", Optional.empty(), "analysts"), Bi.environment()));
    for (String said :
        List.of("?sslmode=disable", "?sslmode=prefer", "?connectTimeout=9&ssl=false")) {
      mart(with(elsewhere + said, "karat", Optional.empty(), "analysts"), Bi.environment())
          .requireReady();
    }
    String own = bi.url().replace("localhost", "127.0.0.1");
    mart(with(own, "karat", Optional.empty(), "analysts"), Bi.environment()).requireReady();
  }

  @Test
  void namesThatPostgreSqlWouldCutAreSaidTogetherBeforeTheNight() throws IOException {
    String longest = "a".repeat(63);
    mart(right, Bi.environment(), List.of(longest, "客".repeat(21))).requireReady();
    String message =
        "PostgreSQL cannot store %s: expected names of at most 63 bytes in UTF-8, and none of its"
            + " own columns such as ctid. Shorten or rename them, or take postgresql out of"
            + " output.publish.";
    assertEquals(
        message.formatted(
            "column '%1$s1' (64 bytes), column '%1$s2' (64 bytes), column '%2$s' (66 bytes), column 'ctid' (4 bytes)"
                .formatted(longest, "客".repeat(22))),
        refusal(
            mart(
                right,
                Bi.environment(),
                List.of("sales", longest + "1", longest + "2", "客".repeat(22), "ctid"))));
    assertEquals(
        message.formatted("role '%s' (66 bytes)".formatted("客".repeat(22))),
        refusal(with(right.url(), "karat", Optional.empty(), "客".repeat(22)), Bi.environment()));
  }

  @Test
  void aServerThatIsNotThereAndADatabaseThatIsNotThereAreSaid() throws IOException {
    String nowhere = "jdbc:postgresql://localhost:1/bi";
    assertEquals(
        "PostgreSQL at '%s' cannot be used as role 'karat': Connection to localhost:1 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections. Check output.postgresql.url, and that the server runs."
            .formatted(nowhere),
        refusal(
            with(nowhere + "?sslmode=prefer", "karat", Optional.empty(), "analysts"),
            Bi.environment()));
    assertEquals(
        "PostgreSQL at '%1$snone' cannot be used as role 'karat': database \"%2$s\" does not exist. Correct output.postgresql."
            .formatted(bi.url(), "postgresnone"),
        refusal(with(bi.url() + "none", "karat", Optional.empty(), "analysts"), Bi.environment()));
  }

  @Test
  void rightsAndRolesThatAreMissingAreSaid() throws IOException, SQLException {
    assertEquals(
        "PostgreSQL at '%s' has no role 'nobody', which output.postgresql.reader_role names. Run: CREATE ROLE \"nobody\""
            .formatted(bi.url()),
        refusal(with(right.url(), "karat", Optional.empty(), "nobody"), Bi.environment()));
    assertEquals(
        "PostgreSQL at '%1$s' has no schema '%2$s', and role 'anne' may not create it. Run: CREATE SCHEMA \"%2$s\" AUTHORIZATION \"anne\""
            .formatted(bi.url(), bi.schema()),
        refusal(with(right.url(), "anne", Optional.empty(), "analysts"), Map.of("SECRET", "anne")));

    bi.asOwner("CREATE SCHEMA {schema}");

    assertEquals(
        "PostgreSQL at '%1$s' does not let role 'karat' create tables in schema '%2$s'. Run: GRANT CREATE, USAGE ON SCHEMA \"%2$s\" TO \"karat\""
            .formatted(bi.url(), bi.schema()),
        refusal(right, Bi.environment()));
  }

  @Test
  void aMartFollowsOneOutput() throws IOException {
    ToyReleases.at(spark, folder.resolve("first"), bi).follow("a", "2026-03-01");

    assertEquals(
        "PostgreSQL at '%1$s' has a mart in schema '%2$s' that follows another output.path. Set output.postgresql.schema to another schema, or drop '%2$s' and '%2$s_runs'."
            .formatted(bi.url(), bi.schema()),
        refusal(right, Bi.environment()));
  }

  private String refusal(PostgreSql settings, Map<String, String> environment) throws IOException {
    UsageException refusal =
        assertThrows(UsageException.class, () -> mart(settings, environment).requireReady());
    return text(refusal);
  }

  private static String refusal(Mart mart) {
    return text(assertThrows(UsageException.class, mart::requireReady));
  }

  private static String text(UsageException refusal) {
    String message = String.valueOf(refusal.getMessage());
    assertFalse(message.contains("horse"), message);
    return message;
  }

  private PostgreSql with(String url, String user, Optional<String> file, String readers) {
    return new PostgreSql(
        url,
        user,
        right.schema(),
        Optional.of(readers),
        file,
        right.passwordVariable(),
        4,
        right.timeouts());
  }

  private Mart mart(PostgreSql settings, Map<String, String> environment) throws IOException {
    return mart(settings, environment, List.of());
  }

  private Mart mart(PostgreSql settings, Map<String, String> environment, List<String> columns)
      throws IOException {
    return Mart.of(
        Bi.output(folder.resolve("out"), 14, settings),
        Map.of(),
        columns,
        ToyReleases.at(spark, folder.resolve("out"), bi).output(),
        spark,
        environment);
  }
}
