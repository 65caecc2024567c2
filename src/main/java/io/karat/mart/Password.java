package io.karat.mart;

import io.karat.run.UsageException;
import io.karat.settings.PostgreSql;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A password that no text shows. */
final class Password implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String MASK = "***";
  private static final String OTHERS_NOTHING = "------";

  private final String secret;

  private Password(String secret) {
    this.secret = secret;
  }

  /**
   * The password of a mart; empty if none is given, for a server that asks for none.
   *
   * @throws UsageException if its file cannot be read
   */
  static Password of(PostgreSql mart, Map<String, String> environment) {
    return new Password(
        mart.passwordFile()
            .map(Password::read)
            .orElseGet(() -> environment.getOrDefault(mart.passwordVariable(), "")));
  }

  private static String read(String file) {
    try {
      requirePrivate(Path.of(file));
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new UsageException(
          "The password file '%s' cannot be read: %s. Correct output.postgresql.password_file, or its permissions."
              .formatted(file, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }

  /** Requires that the owner alone may read a file, as PostgreSQL does of its own. */
  private static void requirePrivate(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }

    String mode = PosixFilePermissions.toString(view.readAttributes().permissions());
    if (!mode.endsWith(OTHERS_NOTHING)) {
      throw new UsageException(
          "The password file '%s' is open to others: its permissions are %s, expected rw------- at most. Run: chmod 600 '%s'"
              .formatted(file, mode, file));
    }
  }

  boolean isEmpty() {
    return secret.isEmpty();
  }

  String secret() {
    return secret;
  }

  /** A text with asterisks in place of the password. */
  String masked(String text) {
    return secret.isEmpty() ? text : text.replace(secret, MASK);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
