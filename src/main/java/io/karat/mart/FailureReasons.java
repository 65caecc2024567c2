package io.karat.mart;

import io.karat.settings.PostgreSql;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** The reasons of failures of a mart in words, and what to do about them. */
record FailureReasons(PostgreSql settings, Server server) {
  private static final int LONGEST_CHAIN = 50;

  /** The failure of the database behind another failure. */
  static Optional<SQLException> cause(Throwable failure) {
    return Stream.iterate(failure, link -> link != null, Throwable::getCause)
        .limit(LONGEST_CHAIN)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }

  /** A clause without passwords and values of rows. */
  String reason(Exception failed) {
    return cause(failed).map(this::said).orElseGet(() -> server.masked(failed));
  }

  private String said(SQLException refused) {
    if (!Database.LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
      return server.reason(refused);
    }
    return "no lock within the time of output.postgresql.timeouts.lock_seconds"
        + LockHolder.find(server, Schemas.of(settings))
            .map(holder -> ", as " + holder.words())
            .orElse("");
  }

  /** A sentence about what to correct where the mart cannot be used. */
  String advice(SQLException refused) {
    String state = Optional.ofNullable(refused.getSQLState()).orElse("");
    if (state.startsWith("28") || state.equals("08004")) {
      return settings
          .passwordFile()
          .map("Correct output.postgresql.user, or the password in '%s'."::formatted)
          .orElse(
              "Correct output.postgresql.user, or the password in the environment variable '%s'."
                  .formatted(settings.passwordVariable()));
    }
    if (state.equals(Database.LOCK_NOT_AVAILABLE)) {
      return "Run again when nothing locks its tables.";
    }
    return state.startsWith("08")
        ? "Check output.postgresql.url, and that the server runs."
        : "Correct output.postgresql.";
  }
}
