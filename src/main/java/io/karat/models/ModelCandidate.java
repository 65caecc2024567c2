package io.karat.models;

import java.util.List;

/**
 * A newly fitted model, to replace the live one.
 *
 * @param remarks remarks to read before it is accepted, a line each
 * @param isAcceptedAtOnce whether it replaces the live model without being accepted by a user
 */
public record ModelCandidate(Model model, List<String> remarks, boolean isAcceptedAtOnce) {
  public ModelCandidate {
    remarks = List.copyOf(remarks);
  }
}
