package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.karat.run.UsageException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * JSON form of control files: fields in the order of their record, keys of maps sorted, one line
 * end at the end, so that equal content is equal bytes.
 */
final class ControlFileJson {
  /** The version of every control file that is written; those of later versions are refused. */
  static final int FORMAT = 2;

  /** Reads a map that an earlier version of Karat did not write as empty. */
  private static final JsonSetter.Value EMPTY_IF_ABSENT =
      JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .withConfigOverride(SortedMap.class, maps -> maps.setSetterInfo(EMPTY_IF_ABSENT))
          .addModule(times())
          .build();

  private ControlFileJson() {}

  static String write(Record content) {
    try {
      return MAPPER.writeValueAsString(content) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A line for each record, as readers of any language take lists. */
  static String lines(List<? extends Record> content) {
    ObjectWriter line = MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);
    StringBuilder lines = new StringBuilder();
    for (Record record : content) {
      try {
        lines.append(line.writeValueAsString(record)).append('\n');
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return lines.toString();
  }

  /**
   * Reads the records in a file of lines; empty if there is no file.
   *
   * @throws DamagedFileException if a line is damaged
   */
  static <T extends Record> Optional<List<T>> readLines(Storage storage, String file, Class<T> type)
      throws IOException {
    Optional<String> text = storage.read(file);
    if (text.isEmpty()) {
      return Optional.empty();
    }

    try (MappingIterator<T> lines = MAPPER.readerFor(type).readValues(text.get())) {
      return Optional.of(lines.readAll());
    } catch (JsonProcessingException cut) {
      throw cutOff(file, cut);
    }
  }

  /**
   * Reads the record in a control file; empty if there is no file.
   *
   * @throws DamagedFileException if it is not a whole control file
   * @throws UsageException if a later version of Karat wrote it
   */
  static <T extends Record> Optional<T> read(Storage storage, String file, Class<T> type)
      throws IOException {
    Optional<String> text = storage.read(file);
    return text.isEmpty() ? Optional.empty() : Optional.of(parse(file, text.get(), type));
  }

  private static <T extends Record> T parse(String file, String text, Class<T> type) {
    if (text.isBlank()) {
      throw new DamagedFileException(file, "it is empty", "");
    }

    try {
      JsonNode content = MAPPER.readTree(text);
      int format = content.path("format").asInt();
      if (format > FORMAT) {
        throw new UsageException(
            "%s has format %d: expected at most %d. Use the version of Karat that wrote it."
                .formatted(file, format, FORMAT));
      }
      if (format < FormerFormat.FORMAT || !(content instanceof ObjectNode fields)) {
        throw new DamagedFileException(file, "it is no control file of Karat", "");
      }
      if (format == FormerFormat.FORMAT) {
        FormerFormat.complete(file, fields);
      }
      return MAPPER.treeToValue(fields, type);
    } catch (JsonProcessingException cut) {
      throw cutOff(file, cut);
    }
  }

  private static DamagedFileException cutOff(String file, JsonProcessingException cut) {
    return new DamagedFileException(
        file, "it is cut off or incomplete (line %d)".formatted(line(cut)), "");
  }

  private static int line(JsonProcessingException problem) {
    return Optional.ofNullable(problem.getLocation()).map(JsonLocation::getLineNr).orElse(1);
  }

  private static Module times() {
    return new SimpleModule("times")
        .addSerializer(LocalDate.class, ToStringSerializer.instance)
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addDeserializer(LocalDate.class, new Parsed<>(LocalDate::parse))
        .addDeserializer(Instant.class, new Parsed<>(Instant::parse))
        .addKeyDeserializer(LocalDate.class, new Day());
  }

  /** Deserializer of a text by a parser function. */
  private static final class Parsed<T> extends JsonDeserializer<T> {
    private final Function<String, T> parse;

    Parsed(Function<String, T> parse) {
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return parse.apply(parser.getText());
    }
  }

  /** Deserializer of days that are keys of a map. */
  private static final class Day extends KeyDeserializer {
    @Override
    public LocalDate deserializeKey(String key, DeserializationContext context) {
      return LocalDate.parse(key);
    }
  }

  /** Serializer of a text, null if it is empty. */
  static final class OptionalText extends JsonSerializer<Optional<String>> {
    @Override
    public void serialize(
        Optional<String> text, JsonGenerator generator, SerializerProvider serializers)
        throws IOException {
      if (text.isPresent()) {
        generator.writeString(text.get());
      } else {
        generator.writeNull();
      }
    }
  }

  /** Deserializer of a text, empty if it is null. */
  static final class TextOptional extends JsonDeserializer<Optional<String>> {
    @Override
    public Optional<String> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Optional.of(parser.getText());
    }

    @Override
    public Optional<String> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
