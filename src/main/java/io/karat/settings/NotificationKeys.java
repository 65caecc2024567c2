package io.karat.settings;

import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.ScalarOrObject;
import io.karat.settings.yaml.Shapes;
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
      Key.optional(
          "webhook",
          new HiddenText<>(EXPECTED, NotificationKeys::address),
          "The URL that takes the message as Slack does, {\"text\": \"...\"}; as ${NAME} it is not in"
              + " this file.");

  private static final Key<String> OPENLINEAGE =
      Key.optional(
          "openlineage",
          Shapes.text("a namespace of OpenLineage such as shop"),
          "The namespace in OpenLineage to which each published night is reported, with inputs,"
              + " tables and checks; where to send it is in OpenLineage's own configuration.");

  private NotificationKeys() {}

  static Key<NotificationSettings> key() {
    return Key.optional(
        "notify",
        new ScalarOrObject<>(
            new HiddenText<>(
                EXPECTED,
                text ->
                    address(text)
                        .map(it -> new NotificationSettings(Optional.of(it), Optional.empty()))),
            ObjectShape.of(
                List.of(WEBHOOK, OPENLINEAGE),
                fields ->
                    new NotificationSettings(fields.find(WEBHOOK), fields.find(OPENLINEAGE)))),
        "What is sent to others once a night is published: its findings to a chat, a report to"
            + " OpenLineage; off unless it is here.");
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
