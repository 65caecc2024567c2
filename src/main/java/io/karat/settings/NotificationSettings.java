package io.karat.settings;

import java.net.URI;

/**
 * Settings of the message that is sent when a night is published.
 *
 * @param webhook the address that takes it; as it often is a secret, no text shows it
 */
public record NotificationSettings(URI webhook) {
  @Override
  public String toString() {
    return "***";
  }
}
