package io.karat.models;

import java.util.List;

/**
 * A model that was learned anew to take the place of the live one.
 *
 * @param remarks what people should know before they accept it, a line each
 * @param isAcceptedAtOnce whether nights are to go by it without anybody saying so
 */
public record ModelCandidate(Model model, List<String> remarks, boolean isAcceptedAtOnce) {
  public ModelCandidate {
    remarks = List.copyOf(remarks);
  }
}
