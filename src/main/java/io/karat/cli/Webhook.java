package io.karat.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Webhook that takes a message. Its address is a secret: no result of it has a part of that.
 *
 * @param patience the longest time from the beginning of a connection to the end of the answer
 */
record Webhook(URI address, Duration patience) {
  private static final int KINDS = 100;
  private static final int TAKEN = 2;

  static Webhook at(URI address) {
    return new Webhook(address, Duration.ofSeconds(5));
  }

  /**
   * Sends a message.
   *
   * @param json the body of the request
   * @return why it was not taken, as a clause; empty if it was
   */
  Optional<String> send(String json) {
    HttpClient client =
        HttpClient.newBuilder().connectTimeout(patience).followRedirects(Redirect.NEVER).build();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(json))
            .build();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return status / KINDS == TAKEN
          ? Optional.empty()
          : Optional.of("the webhook answered %d".formatted(status));
    } catch (TimeoutException late) {
      answer.cancel(true);
      return Optional.of(late());
    } catch (ExecutionException failed) {
      return Optional.of(reason(failed));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of("the command was stopped");
    }
  }

  private String reason(ExecutionException failed) {
    return failed.getCause() instanceof HttpTimeoutException
        ? late()
        : "the webhook cannot be reached (%s)"
            .formatted(
                Optional.ofNullable(failed.getCause()).orElse(failed).getClass().getSimpleName());
  }

  private String late() {
    return "the webhook did not answer within %s"
        .formatted(ConsoleNumbers.time(patience.toNanos()));
  }
}
