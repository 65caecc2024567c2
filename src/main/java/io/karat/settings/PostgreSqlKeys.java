package io.karat.settings;

import io.karat.settings.PostgreSql.Timeouts;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys under {@code output.postgresql}. */
final class PostgreSqlKeys {
  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_SECONDS = 86_400;

  /** Short enough for the {@code _runs} suffix of the second schema. */
  private static final Pattern SCHEMA = Pattern.compile("(?!pg_)[a-z][a-z0-9_]{0,49}");

  private static final Key<String> URL =
      Key.optional(
          "url", new DatabaseUrl(), "The address of the database, without user and password.");
  private static final Key<String> USER =
      Key.optional("user", Shapes.text("the name of a role"), "The role that owns the tables.");

  /** The keys without which there is no database. */
  static final List<Key<String>> ADDRESS = List.of(URL, USER);

  private static final Key<String> SCHEMA_NAME =
      Key.byDefault("schema", schemaName(), "karat", "The schema of the views that readers see.");
  private static final Key<String> READER_ROLE =
      Key.optional(
          "reader_role", Shapes.text("the name of a role"), "The role that may read the views.");
  private static final Key<String> PASSWORD_FILE =
      Key.optional("password_file", Shapes.text("a path"), "A file that holds the password.");
  private static final Key<String> PASSWORD_VARIABLE =
      Key.byDefault(
          "password_variable",
          Shapes.text("the name of an environment variable"),
          "KARAT_POSTGRESQL_PASSWORD",
          "The environment variable that holds the password.");
  private static final Key<Integer> CONNECTIONS =
      Key.byDefault(
          "connections",
          Shapes.wholeNumber(1, MOST_CONNECTIONS),
          "4",
          "The largest number of concurrent loads.");
  private static final Key<Integer> CONNECT_SECONDS =
      seconds(
          "connect_seconds",
          "30",
          "The longest wait for a connection, and for a sign of life while a statement runs.");
  private static final Key<Integer> LOCK_SECONDS =
      seconds("lock_seconds", "420", "The longest wait for what other sessions lock.");
  private static final Key<Integer> STATEMENT_SECONDS =
      seconds("statement_seconds", "1800", "The longest time of one statement.");
  private static final Key<Timeouts> TIMEOUTS =
      Key.block(
          "timeouts",
          ObjectShape.of(
              List.of(CONNECT_SECONDS, LOCK_SECONDS, STATEMENT_SECONDS),
              fields ->
                  new Timeouts(
                      Duration.ofSeconds(fields.of(CONNECT_SECONDS)),
                      Duration.ofSeconds(fields.of(LOCK_SECONDS)),
                      Duration.ofSeconds(fields.of(STATEMENT_SECONDS)))),
          "The longest waits for the database.");

  private PostgreSqlKeys() {}

  static ObjectShape<Optional<PostgreSql>> block() {
    return ObjectShape.of(
            List.of(
                URL,
                USER,
                SCHEMA_NAME,
                READER_ROLE,
                PASSWORD_FILE,
                PASSWORD_VARIABLE,
                CONNECTIONS,
                TIMEOUTS),
            PostgreSqlKeys::postgreSql)
        .refusing(
            "password",
            "'%s' is not a key: a password is never in a configuration. Set the environment"
                + " variable that password_variable names, or give a password_file.");
  }

  /** Builds the settings; empty without URL or user. */
  private static Optional<PostgreSql> postgreSql(ObjectFields fields) {
    if (fields.isSaid(PASSWORD_FILE.name()) && fields.isSaid(PASSWORD_VARIABLE.name())) {
      fields.requireAtMostOne(List.of(PASSWORD_FILE, PASSWORD_VARIABLE));
    }
    Optional<String> user = fields.find(USER);
    PostgreSql said =
        new PostgreSql(
            fields.find(URL).orElse(""),
            user.orElse(""),
            fields.of(SCHEMA_NAME),
            fields.find(READER_ROLE),
            fields.find(PASSWORD_FILE),
            fields.of(PASSWORD_VARIABLE),
            fields.of(CONNECTIONS),
            fields.of(TIMEOUTS));
    return said.url().isEmpty() || said.user().isEmpty() ? Optional.empty() : Optional.of(said);
  }

  private static Key<Integer> seconds(String name, String otherwise, String meaning) {
    return Key.byDefault(name, Shapes.wholeNumber(1, MOST_SECONDS), otherwise, meaning);
  }

  private static Shape<String> schemaName() {
    return ScalarShape.of(
        "a name of lower-case letters, digits and _ such as karat, of at most 50",
        JsonSchema.text(),
        text -> Optional.of(text).filter(SCHEMA.asMatchPredicate()));
  }
}
