package io.karat.segments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.karat.models.Model;
import io.karat.run.UsageException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Frozen segments, fitted on the customers of one night: the features, a centre and rules for each
 * segment, and the distribution of customers then. Immutable; applying them is an expression over
 * one row.
 *
 * @param format of the file
 * @param fittedAsOf the night on whose customers it was fitted
 * @param parent the id of the model whose segments it continues; empty for a first one
 * @param training the customers that it was fitted on
 * @param features in the order of the centres
 * @param dropped features that are of no use, with the reason, by name
 * @param segments by mean sales at the fit, highest first
 * @param rules in the order in which they are tried; they predict the segments
 * @param gone the lineage of segments of the parent that do not continue
 * @param nextNumber the number of the next new segment
 * @param quality figures by name, such as {@code silhouette}
 * @param farSquared the squared distance to the own centre that 1 % of the training exceeded, in
 *     millionths of millionths
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SegmentModel(
    int format,
    String kind,
    String fittedAsOf,
    String parent,
    Training training,
    List<Feature> features,
    SortedMap<String, String> dropped,
    List<Segment> segments,
    List<Rule> rules,
    SortedMap<String, SegmentLineage> gone,
    int nextNumber,
    SortedMap<String, BigDecimal> quality,
    long farSquared) {
  /** The name of this kind among the models of a business. */
  public static final String KIND = "segments";

  static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public SegmentModel {
    features = List.copyOf(features);
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    segments = List.copyOf(segments);
    rules = List.copyOf(rules);
    gone = Collections.unmodifiableSortedMap(new TreeMap<>(gone));
    quality = Collections.unmodifiableSortedMap(new TreeMap<>(quality));
  }

  /**
   * The customers that a model was fitted on.
   *
   * @param customers all customers of the night
   * @param sampled those in the sample
   * @param complete those of them with a value for every feature
   * @param hash equal for equal customers and values
   */
  record Training(long customers, long sampled, long complete, int seed, String hash) {}

  /** Whether the model was fitted to these indicators, including those dropped as of no use. */
  boolean isFor(List<String> indicators) {
    SortedMap<String, String> all = new TreeMap<>(dropped);
    features.forEach(feature -> all.put(feature.name(), ""));
    SortedMap<String, String> asked = new TreeMap<>();
    indicators.forEach(name -> asked.put(name, ""));
    return all.keySet().equals(asked.keySet());
  }

  /** The ids of the segments, in order. */
  List<String> ids() {
    return segments.stream().map(Segment::id).toList();
  }

  List<String> featureNames() {
    return features.stream().map(Feature::name).toList();
  }

  Optional<Segment> segment(String id) {
    return segments.stream().filter(segment -> segment.id().equals(id)).findFirst();
  }

  /**
   * The squared distances of a customer to every centre, in millionths of millionths, added up in
   * the order of the features as the expression over a row does.
   */
  double[] squaredDistances(double[] values) {
    double[] distances = new double[segments.size()];
    for (int f = 0; f < features.size(); f++) {
      double coordinate = features.get(f).coordinate(values[f]);
      for (int j = 0; j < distances.length; j++) {
        double difference = coordinate - segments.get(j).centre().get(f);
        distances[j] += difference * difference;
      }
    }
    return distances;
  }

  /** The index of the nearest centre; the first of those equally near. */
  static int nearest(double[] squaredDistances) {
    int nearest = 0;
    for (int j = 1; j < squaredDistances.length; j++) {
      if (squaredDistances[j] < squaredDistances[nearest]) {
        nearest = j;
      }
    }
    return nearest;
  }

  /** The model as it is stored. */
  public Model model() {
    return new Model(KIND, json());
  }

  /** The model as JSON; the same content gives the same text. */
  String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads a model.
   *
   * @throws UsageException if its file is unreadable or of another format
   */
  public static SegmentModel parse(Model model) {
    return parse(model.text(), model.name());
  }

  /**
   * Parses a model file; fields that a later version adds are ignored.
   *
   * @throws UsageException if the text is not a segment model of this format
   */
  static SegmentModel parse(String json, String file) {
    try {
      JsonNode root = JSON.readTree(json);
      int found = root.path("format").asInt();
      if (found != FORMAT || !root.path("kind").asText().equals(KIND)) {
        throw new UsageException(
            "Model file '%s' has format %d of '%s', expected format %d of '%s'. Run karat models fit segments, or use the version of Karat that wrote it."
                .formatted(file, found, root.path("kind").asText(), FORMAT, KIND));
      }
      // Not from the tree, which keeps fractions as binary numbers.
      return JSON.readValue(json, SegmentModel.class);
    } catch (JsonProcessingException broken) {
      throw new UsageException(
          "Model file '%s' cannot be read: %s. Run karat models fit segments."
              .formatted(file, broken.getOriginalMessage()),
          broken);
    }
  }
}
