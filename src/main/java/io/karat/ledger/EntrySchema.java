package io.karat.ledger;

import java.io.Serializable;
import java.util.List;

/** Schema of entries: their parts, whose slots lie one after another. */
public final class EntrySchema implements Serializable {
  private static final long serialVersionUID = 1L;

  final Merge[] merges;

  /** The first slot of each part. */
  final int[] firsts;

  final ValueKind[] kinds;
  final Anchor[] anchors;

  /** The number of a slot within its part. */
  final int[] places;

  final boolean[] isAdditive;

  private EntrySchema(List<Part> parts) {
    int size = parts.stream().mapToInt(part -> part.slots().size()).sum();
    merges = new Merge[parts.size()];
    firsts = new int[parts.size()];
    kinds = new ValueKind[size];
    anchors = new Anchor[size];
    places = new int[size];
    isAdditive = new boolean[size];
    int slot = 0;
    for (int part = 0; part < parts.size(); part++) {
      merges[part] = parts.get(part).merge();
      firsts[part] = slot;
      for (int place = 0; place < merges[part].slots(); place++) {
        Slot kept = parts.get(part).slots().get(place);
        kinds[slot] = kept.kind();
        anchors[slot] = kept.anchor();
        places[slot] = place;
        isAdditive[slot] = kept.isAdditive();
        slot++;
      }
    }
  }

  public static EntrySchema of(List<Part> parts) {
    return new EntrySchema(parts);
  }

  /** The number of parts. */
  public int parts() {
    return merges.length;
  }

  /** The number of slots. */
  public int slots() {
    return kinds.length;
  }

  /** The first slot of a part; the others follow it. */
  public int first(int part) {
    return firsts[part];
  }

  /** The number of the usual difference of a slot: 1 of a sum, else 0. */
  long usual(int slot) {
    return isAdditive[slot] ? Bytes.zigzag(1) : 0;
  }
}
