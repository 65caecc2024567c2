package io.karat.night;

import io.karat.models.Model;
import io.karat.models.ModelCustomers;
import io.karat.models.ModelKind;
import io.karat.models.NightModel;
import io.karat.publishing.ModelFit;
import io.karat.publishing.ModelStore;
import io.karat.publishing.Staging;
import io.karat.settings.BilingualText;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Models of one night, each chosen by its kind and recorded with the staged tables. */
final class NightModels {
  private static final Logger LOG = LoggerFactory.getLogger(NightModels.class);

  private final Staging staging;
  private final ModelStore store;
  private final LocalDate asOf;
  private final List<NightModel> chosen = new ArrayList<>();

  NightModels(Staging staging, ModelStore store, LocalDate asOf) {
    this.staging = staging;
    this.store = store;
    this.asOf = asOf;
  }

  /**
   * Chooses the model of a kind, or fits it, which may start jobs.
   *
   * @param customers one row per customer, as the kind needs it
   * @return empty if none is in force and none could be fitted
   */
  Optional<Model> choose(ModelKind kind, Dataset<Row> customers) throws IOException {
    NightModel choice =
        kind.ofNight(
            new ModelCustomers(asOf, customers),
            staging.liveModels(kind.name()),
            store.latest(kind.name()).map(ModelFit::asOf));
    if (choice.used().isPresent()) {
      staging.use(choice.used().get());
      LOG.info("Uses model {}", choice.used().get().name());
    }
    choice.candidate().ifPresent(it -> LOG.info("Fitted candidate {}", it.name()));
    chosen.add(choice);
    return choice.used();
  }

  /** The models that were fitted beside those in use and wait to be accepted. */
  List<Model> candidates() {
    return chosen.stream().flatMap(choice -> choice.candidate().stream()).toList();
  }

  /** The remarks on all choices. */
  List<BilingualText> remarks() {
    return chosen.stream().flatMap(choice -> choice.remarks().stream()).toList();
  }
}
