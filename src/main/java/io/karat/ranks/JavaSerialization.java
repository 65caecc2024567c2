package io.karat.ranks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * Java serialization of results from executors, which works with any configured serializer: Kryo, a
 * common choice, cannot read records.
 */
final class JavaSerialization {
  private JavaSerialization() {}

  static byte[] of(Serializable value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException impossible) {
      throw new IllegalStateException(
          "A result cannot be written: " + value.getClass(), impossible);
    }
    return bytes.toByteArray();
  }

  static <R> R read(byte[] bytes, Class<R> type) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return type.cast(in.readObject());
    } catch (IOException | ClassNotFoundException impossible) {
      throw new IllegalStateException("A result cannot be read: " + type, impossible);
    }
  }
}
