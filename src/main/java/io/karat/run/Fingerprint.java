package io.karat.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 digest of texts: equal for equal texts, different for different ones. */
public final class Fingerprint {
  private Fingerprint() {}

  /** The digest of several texts, in their order. */
  public static String of(List<String> texts) {
    MessageDigest digest = digest();
    for (String text : texts) {
      byte[] bytes = text.getBytes(UTF_8);
      digest.update((bytes.length + ":").getBytes(UTF_8));
      digest.update(bytes);
    }
    return hex(digest.digest());
  }

  /** The digest of one text, as {@code sha256sum} prints it for a file with that text. */
  public static String ofText(String text) {
    return hex(digest().digest(text.getBytes(UTF_8)));
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
