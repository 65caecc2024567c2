package io.karat.publishing;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Folder of what a run keeps for the next night, beside its tables. Readers of tables do not see
 * it, and it is deleted with them.
 */
public final class StateFolder {
  private static final String CUSTOMERS = "customers";
  private static final String MANIFEST = "state.json";

  private final Storage storage;
  private final String path;

  StateFolder(Storage storage, String path) {
    this.storage = storage;
    this.path = path;
  }

  /** The location of the Parquet files of customers, for Spark. */
  public String customers() {
    return storage.location(within(CUSTOMERS));
  }

  /** The size in bytes of each of these files, by name. */
  public SortedMap<String, Long> files() throws IOException {
    return storage.files(within(CUSTOMERS));
  }

  /** Completes the state: without a manifest it is none. */
  public void complete(String manifest) throws IOException {
    storage.replace(within(MANIFEST), manifest);
  }

  /** The manifest; empty if there is no state. */
  public Optional<String> manifest() throws IOException {
    return storage.read(within(MANIFEST));
  }

  private String within(String name) {
    return "%s/%s".formatted(path, name);
  }
}
