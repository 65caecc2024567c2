package io.karat.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ModelTest {
  @Test
  void theIdIsTheBeginningOfTheDigestOfTheText() {
    // printf '{"learned_by" : "a"}\n' | sha256sum
    Model model = new Model("cuts", "{\"learned_by\" : \"a\"}\n");

    assertEquals("5b4b1fb51004", model.id());
    assertEquals("cuts 5b4b1fb51004", model.name());
  }

  @Test
  void aKindIsTheNameOfAFolder() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new Model("../x", "{}"));

    assertEquals("Invalid kind of model '../x': expected lower-case letters", error.getMessage());
  }
}
