package io.karat.models;

import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings.Accept;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model that is fitted anew when it is too old: the accepted one of a night, and the settings
 * that say when it is.
 *
 * @param choice the accepted model that a night would use; empty if there is none
 * @param refitAfterDays the age in days above which a night fits another one
 */
public record AgingModel(Optional<ModelChoice<Model>> choice, int refitAfterDays, Accept accept) {
  /**
   * A fit, or the attempt of one.
   *
   * @param model empty if there is none
   * @param remarks why there is none, or what readers should know of it
   */
  public record Fitted(Optional<Model> model, List<BilingualText> remarks) {
    public Fitted {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Uses the accepted model, or fits one if there is none or it is too old; the fit then waits to
   * be accepted unless that is automatic.
   *
   * @param lastFit the night of the newest fit
   * @param remarks what is to be said of the accepted model
   */
  public NightModel ofNight(
      LocalDate asOf,
      Optional<LocalDate> lastFit,
      List<BilingualText> remarks,
      Supplier<Fitted> fit) {
    Optional<Model> chosen = choice.map(ModelChoice::model);
    if (choice.isPresent() && !isRefit(choice.get(), lastFit, asOf)) {
      return new NightModel(chosen, Optional.empty(), remarks);
    }

    Fitted fitted = fit.get();
    List<BilingualText> all = new ArrayList<>(remarks);
    all.addAll(fitted.remarks());
    return choice.isEmpty() || accept == Accept.AUTO
        ? new NightModel(fitted.model().or(() -> chosen), Optional.empty(), all)
        : new NightModel(chosen, fitted.model(), all);
  }

  /** Whether the model is too old and no recent fit waits to be accepted. */
  private boolean isRefit(ModelChoice<Model> old, Optional<LocalDate> lastFit, LocalDate asOf) {
    LocalDate latest = asOf.minusDays(refitAfterDays + 1L);
    boolean isWaiting =
        accept == Accept.MANUAL && lastFit.filter(it -> it.isAfter(latest)).isPresent();
    return old.ageDays() > refitAfterDays && !isWaiting;
  }
}
