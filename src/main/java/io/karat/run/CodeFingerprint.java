package io.karat.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A digest of the classes and resources of the code, which identifies its version. */
public final class CodeFingerprint {
  private CodeFingerprint() {}

  /** The digest of the running code; the same for a rebuilt jar of the same sources. */
  public static String ofRunningCode() {
    return Running.CODE;
  }

  /** Digested once: what runs does not change, and one process may run many nights. */
  private static final class Running {
    static final String CODE = digested();
  }

  private static String digested() {
    try {
      URI code = CodeFingerprint.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return of(new File(code).toPath());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The digest of a jar, or of a folder of classes, without build metadata. */
  static String of(Path code) {
    try {
      SortedMap<String, byte[]> entries = Files.isDirectory(code) ? folder(code) : jar(code);
      MessageDigest digest = Fingerprint.digest();
      entries.forEach(
          (name, bytes) -> {
            digest.update(name.getBytes(UTF_8));
            digest.update(Fingerprint.digest().digest(bytes));
          });
      return Fingerprint.hex(digest.digest());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static SortedMap<String, byte[]> folder(Path folder) throws IOException {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        if (!name.startsWith("META-INF/")) {
          entries.put(name, Files.readAllBytes(file));
        }
      }
    }
    return entries;
  }

  private static SortedMap<String, byte[]> jar(Path path) throws IOException {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    try (JarFile jar = new JarFile(path.toFile())) {
      for (JarEntry entry : jar.stream().filter(it -> !it.isDirectory()).toList()) {
        if (!entry.getName().startsWith("META-INF/")) {
          try (InputStream bytes = jar.getInputStream(entry)) {
            entries.put(entry.getName(), bytes.readAllBytes());
          }
        }
      }
    }
    return entries;
  }
}
