package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonValue;
import io.karat.run.LowerCase;

/** Model with which tables were made. */
public record UsedModel(String id, Origin origin) {
  /** Way in which a model came into use. */
  public enum Origin {
    /** It was accepted by command. */
    ACCEPTED,
    /** A run fitted it, or a part of it, because there was none; later nights use it too. */
    FIRST_RUN;

    /** The origin in words, as people and control files have it, such as {@code first run}. */
    @JsonValue
    public String words() {
      return LowerCase.of(this).replace('_', ' ');
    }
  }
}
