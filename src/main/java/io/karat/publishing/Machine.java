package io.karat.publishing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Machine on which this process runs, as far as process ids mean the same. Containers often share
 * the name of a host, or the same process ids, so neither identifies a process.
 */
final class Machine {
  private Machine() {}

  /**
   * The boot and the namespace of process ids; empty where the operating system does not tell, so
   * that nobody is taken for dead.
   */
  static String id() {
    try {
      return "%s %s"
          .formatted(
              Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
              Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }

  static boolean isThis(String id) {
    return !id.isEmpty() && id.equals(id());
  }

  /** The name of the host, for people. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
