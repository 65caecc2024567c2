package io.karat.ranks;

/** How many different values there are. */
final class DifferentValues extends Question<Long> {
  DifferentValues(RankedColumn column) {
    super(column);
  }

  @Override
  Search search(Sums all) {
    return Search.NOTHING;
  }

  @Override
  Long answer(Found found) {
    return found.all().values();
  }
}
