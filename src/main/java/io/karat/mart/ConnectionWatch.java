package io.karat.mart;

import io.karat.settings.PostgreSql.Timeouts;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The watch over the waits of one connection. A server that is stopped keeps its connections open
 * and says nothing, so the driver would wait for ever, to read or to write. While a statement runs,
 * the watch asks for a sign of life over another connection; without one it closes the sockets.
 */
final class ConnectionWatch {
  private static final String NO_CONNECTION = "08006";
  private static final int THREADS = 8;
  private static final ScheduledExecutorService CLOCK = clock();

  private final Timeouts timeouts;
  private final SignOfLife sign;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<String>> end = new AtomicReference<>(Optional.empty());

  ConnectionWatch(Timeouts timeouts, SignOfLife sign) {
    this.timeouts = timeouts;
    this.sign = sign;
  }

  /** An exchange with the server over another connection. */
  @FunctionalInterface
  interface SignOfLife {
    /** Whether the server answers. */
    boolean isSeen();
  }

  private static ScheduledExecutorService clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "karat-postgresql-watch");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** Adds a socket to those that are closed when a wait is too long. */
  void add(Socket socket) {
    sockets.add(socket);
  }

  /**
   * Does the work of connecting.
   *
   * @param hosts the number of hosts, which are tried one after the other
   */
  <T> T connecting(int hosts, Database.Work<T> work) throws SQLException {
    String problem =
        "it did not answer a new connection for %s (output.postgresql.timeouts.connect_seconds)"
            .formatted(seconds(timeouts.connect()));
    try {
      return ending(after(timeouts.connect().multipliedBy(hosts + 1L), problem), work);
    } catch (SQLException failed) {
      throw failed.getCause() instanceof SocketTimeoutException
          ? new SQLException(problem, NO_CONNECTION, failed)
          : failed;
    }
  }

  /**
   * Does the work of one exchange.
   *
   * @param what the exchange, in a message
   */
  <T> T during(String what, Database.Work<T> work) throws SQLException {
    Duration most = timeouts.statement().plus(timeouts.connect());
    Future<?> last =
        after(
            most,
            "it did not answer '%s' for %s (output.postgresql.timeouts.statement_seconds and connect_seconds)"
                .formatted(what, seconds(most)));
    Future<?> signs = signs(what);
    try {
      return ending(last, work);
    } finally {
      signs.cancel(false);
    }
  }

  private <T> T ending(Future<?> last, Database.Work<T> work) throws SQLException {
    try {
      return work.apply();
    } catch (SQLException failed) {
      Optional<String> reason = Objects.requireNonNull(end.get());
      if (reason.isPresent()) {
        throw new SQLException(reason.get(), NO_CONNECTION, failed);
      }
      throw failed;
    } finally {
      last.cancel(false);
    }
  }

  private Future<?> after(Duration limit, String problem) {
    return CLOCK.schedule(() -> cut(problem), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks for a sign of life again and again, until it is cancelled or there is none. */
  private Future<?> signs(String what) {
    long pause = timeouts.connect().toMillis();
    return CLOCK.scheduleWithFixedDelay(
        () -> {
          if (!sign.isSeen()) {
            cut(
                "it answers neither '%s' nor a new connection for %s (output.postgresql.timeouts.connect_seconds)"
                    .formatted(what, seconds(timeouts.connect())));
          }
        },
        pause,
        pause,
        TimeUnit.MILLISECONDS);
  }

  private void cut(String problem) {
    end.compareAndSet(Optional.empty(), Optional.of(problem));
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException isClosed) {
        // It is what was wanted.
      }
    }
  }

  static String seconds(Duration wait) {
    return wait.toSeconds() == 1 ? "1 second" : wait.toSeconds() + " seconds";
  }
}
