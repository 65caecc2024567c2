package io.karat.indicators;

import io.karat.input.InputRows;
import io.karat.settings.Catalogue;
import io.karat.settings.InputTable;
import java.util.Optional;

/** Names that no characteristic of customers can have, as something of Karat's has them. */
public final class ReservedNames {
  private final Catalogue builtIn = Catalogues.builtIn();

  /** Whether a name is one of them. */
  public boolean has(String name) {
    return InputRows.RESERVED.contains(name)
        || Catalogues.isReserved(name)
        || InputTable.CUSTOMERS.has(name)
        || isBuiltIn(Optional.of(name))
        || isBuiltIn(Catalogues.withoutWindow(name));
  }

  private boolean isBuiltIn(Optional<String> name) {
    return name.filter(
            it -> builtIn.measures().containsKey(it) || builtIn.indicators().containsKey(it))
        .isPresent();
  }
}
