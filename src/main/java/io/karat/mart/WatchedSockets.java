package io.karat.mart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * The sockets of the driver, which the watch of their connection can close below the encryption:
 * that waits for a writer which itself waits for a stopped server. The driver makes the factory
 * itself, by its name, so the watch comes from the thread that connects.
 */
public final class WatchedSockets extends SocketFactory {
  private static final ThreadLocal<Optional<ConnectionWatch>> WATCH =
      ThreadLocal.withInitial(Optional::empty);

  /** Connects with a watch over all sockets of the connection. */
  static <T> T with(ConnectionWatch watch, Database.Work<T> connect) throws SQLException {
    WATCH.set(Optional.of(watch));
    try {
      return connect.apply();
    } finally {
      WATCH.remove();
    }
  }

  @Override
  public Socket createSocket() {
    Socket socket = new Socket();
    WATCH.get().ifPresent(watch -> watch.add(socket));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return bound(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return bound(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  private Socket connected(InetSocketAddress to) throws IOException {
    Socket socket = createSocket();
    socket.connect(to);
    return socket;
  }

  private Socket bound(InetSocketAddress to, InetSocketAddress from) throws IOException {
    Socket socket = createSocket();
    socket.bind(from);
    socket.connect(to);
    return socket;
  }
}
