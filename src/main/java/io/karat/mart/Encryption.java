package io.karat.mart;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * The hosts of a URL, and the encryption to them. Customers and the password go to another host in
 * clear text only if the URL says so.
 *
 * @param isRequired whether the server has to encrypt; otherwise the URL or the driver decides
 */
record Encryption(List<String> hosts, boolean isRequired) {
  private static final String REFUSED = "08001";

  static Encryption of(String url) {
    Properties said = Driver.parseURL(url, new Properties());
    if (said == null) {
      return new Encryption(List.of(), true);
    }

    List<String> hosts = List.of(said.getProperty("PGHOST", "localhost").split(","));
    boolean isSaid = Stream.of("sslmode", "ssl", "socketFactory").anyMatch(said::containsKey);
    return new Encryption(hosts, !isSaid && !hosts.stream().allMatch(Encryption::isLoopback));
  }

  private static boolean isLoopback(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException elsewhere) {
      return false;
    }
  }

  /** A failure to connect; in words if the server offers no encryption. */
  SQLException explained(SQLException refused) {
    boolean isClear =
        isRequired && String.valueOf(refused.getMessage()).contains("does not support SSL");
    return isClear
        ? new SQLException(
            "it offers no encryption, which is expected of another host. Switch on ssl there, or"
                + " add ?sslmode=disable to output.postgresql.url to send customers in clear text",
            REFUSED,
            refused)
        : refused;
  }
}
