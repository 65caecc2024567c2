package io.karat.models;

import io.karat.run.Fingerprint;

/**
 * Something that was learned from customers, such as the cut points between levels. It never
 * changes: another text is another model.
 *
 * @param kind what it is a model of, such as {@code cuts}
 * @param text all of it, as JSON; equal content is equal text
 */
public record Model(String kind, String text) {
  private static final int ID_LENGTH = 12;

  public Model {
    if (!kind.matches("[a-z]+")) {
      throw new IllegalArgumentException(
          "Invalid kind of model '%s': expected lower-case letters".formatted(kind));
    }
  }

  /** The first digits of the digest that {@code sha256sum} prints for its file. */
  public String id() {
    return Fingerprint.ofText(text).substring(0, ID_LENGTH);
  }

  /** What messages call it, such as {@code cuts 0a1b2c3d4e5f}. */
  public String name() {
    return kind + " " + id();
  }
}
