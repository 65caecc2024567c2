package io.karat.scores;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Frames that {@code market_coverage} is made of, beside the customers.
 *
 * @param markets the sizes of markets, see {@link io.karat.input.Markets}; empty if they are not
 *     mapped
 * @param channels see {@link io.karat.measures.ChannelSales}; empty if channels are not mapped
 */
public record MarketSources(Optional<Dataset<Row>> markets, Optional<Dataset<Row>> channels) {
  /** No markets and no channels. */
  public static final MarketSources NONE = new MarketSources(Optional.empty(), Optional.empty());
}
