package io.karat.models;

import io.karat.run.Fingerprint;

/**
 * A model fitted on customers, such as the cut points between levels. It is immutable: another text
 * is another model.
 *
 * @param kind the kind of model, such as {@code cuts}
 * @param text its whole content as JSON; equal content is equal text
 */
public record Model(String kind, String text) {
  private static final int ID_LENGTH = 12;

  public Model {
    if (!kind.matches("[a-z]+")) {
      throw new IllegalArgumentException(
          "Invalid kind of model '%s': expected lower-case letters".formatted(kind));
    }
  }

  /** The first digits of the SHA-256 of its text, as {@code sha256sum} prints it for its file. */
  public String id() {
    return Fingerprint.ofText(text).substring(0, ID_LENGTH);
  }

  /** The name in messages, such as {@code cuts 0a1b2c3d4e5f}. */
  public String name() {
    return kind + " " + id();
  }
}
