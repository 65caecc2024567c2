package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A model that tables were made with. */
public record UsedModel(String id, Origin origin) {
  /** Who decided that nights go by a model. */
  public enum Origin {
    /** Somebody accepted it. */
    ACCEPTED,
    /** A run learned it, or a part of it, because there was none; later nights go by it too. */
    FIRST_RUN;

    /** What people and control files call it, such as {@code first run}. */
    @JsonValue
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
