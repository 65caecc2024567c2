package io.karat.settings;

import java.net.URI;
import java.util.Optional;

/**
 * Settings of what is told to others when a night is published.
 *
 * @param webhook the address that takes the message; as it often is a secret, no text shows it
 * @param openLineage the namespace of the job that is reported to OpenLineage
 */
public record NotificationSettings(Optional<URI> webhook, Optional<String> openLineage) {
  @Override
  public String toString() {
    return "***";
  }
}
