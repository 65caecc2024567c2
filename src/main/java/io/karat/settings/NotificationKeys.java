package io.karat.settings;

import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.ScalarOrObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Keys under {@code notify}. */
final class NotificationKeys {
  private static final String EXPECTED =
      "the URL of a webhook, http or https, without user and password, or ${NAME}, the variable that"
          + " holds it";

  private static final Key<URI> WEBHOOK =
      Key.required(
          "webhook",
          new HiddenText<>(EXPECTED, NotificationKeys::address),
          "https://localhost",
          "The URL that takes the message as Slack does, {\"text\": \"...\"}; as ${NAME} it is not in"
              + " this file.");

  private NotificationKeys() {}

  static Key<NotificationSettings> key() {
    return Key.optional(
        "notify",
        new ScalarOrObject<>(
            new HiddenText<>(EXPECTED, text -> address(text).map(NotificationSettings::new)),
            ObjectShape.of(
                List.of(WEBHOOK), fields -> new NotificationSettings(fields.of(WEBHOOK)))),
        "Message with the findings of a night, sent once it is published; off unless it is here.");
  }

  private static Optional<URI> address(String text) {
    try {
      URI address = new URI(text);
      boolean isWeb = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      return Optional.of(address)
          .filter(it -> isWeb && it.getHost() != null && it.getUserInfo() == null);
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
