package io.karat.prediction;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The features of a fit, as predictors: for each its deviations, followed by whether it is unknown
 * if that is a predictor.
 */
record PredictionFeatures(List<PredictionFeature> features) {
  PredictionFeatures {
    features = List.copyOf(features);
  }

  /**
   * Fits the predictors. A feature whose values are all equal is left out; if two are unknown for
   * the same customers, the first of them tells it.
   */
  static PredictionFeatures of(List<IndicatorColumn> columns, PastCustomers customers) {
    List<PredictionFeature> features = new ArrayList<>();
    List<boolean[]> told = new ArrayList<>();
    for (IndicatorColumn column : columns) {
      double[] values = customers.values(column.name());
      Optional<PredictionFeature> feature =
          PredictionFeature.of(column.name(), IndicatorScale.of(column.indicator().unit()), values);
      if (feature.filter(it -> it.unknownShare().isPresent()).isPresent()) {
        boolean[] unknown = unknown(values);
        if (told.stream().anyMatch(it -> Arrays.equals(it, unknown))) {
          feature = feature.map(PredictionFeature::withoutUnknown);
        } else {
          told.add(unknown);
        }
      }
      feature.ifPresent(features::add);
    }
    return new PredictionFeatures(features);
  }

  private static boolean[] unknown(double[] values) {
    boolean[] unknown = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      unknown[i] = Double.isNaN(values[i]);
    }
    return unknown;
  }

  /** The number of predictors. */
  int width() {
    return features.stream().mapToInt(PredictionFeature::width).sum();
  }

  /** The predictors of some customers. */
  double[][] rows(PastCustomers customers, int[] some) {
    double[][] rows = new double[some.length][width()];
    int j = 0;
    for (PredictionFeature feature : features) {
      double[] values = customers.values(feature.name());
      for (int i = 0; i < some.length; i++) {
        rows[i][j] = feature.deviations(values[some[i]]);
        if (feature.unknownShare().isPresent()) {
          rows[i][j + 1] = feature.unknownDeviations(Double.isNaN(values[some[i]]));
        }
      }
      j += feature.width();
    }
    return rows;
  }
}
