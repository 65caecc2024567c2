package io.karat.publishing;

import io.karat.models.Model;
import io.karat.run.Failpoint;
import io.karat.run.InputException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Model files of an output folder. A file is written once, under the id of its content, and never
 * deleted, since a night of any age may be run again with it.
 */
record ModelFiles(Storage storage) {
  private static final Pattern NAME = Pattern.compile("^([0-9a-f]{12})\\.json$");

  /**
   * Writes a model; an existing file stays.
   *
   * @throws InputException if the file of this id has another content
   */
  void write(Model model) throws IOException {
    Failpoint.reach(PublishingStep.BEFORE_MODEL);
    if (!storage.create(Layout.model(model.kind(), model.id()), model.text())) {
      read(model.kind(), model.id());
    }
    Failpoint.reach(PublishingStep.AFTER_MODEL);
  }

  /**
   * Reads a model.
   *
   * @throws InputException if its file is missing or its content does not match the id
   */
  Model read(String kind, String id) throws IOException {
    String file = Layout.model(kind, id);
    Model model =
        storage
            .read(file)
            .map(text -> new Model(kind, text))
            .orElseThrow(() -> unusable(kind, id, "is missing"));
    if (!model.id().equals(id)) {
      throw unusable(kind, id, "was changed since it was written");
    }

    return model;
  }

  /** Whether a model file may have this name. */
  static boolean isModel(String name) {
    return NAME.matcher(name).matches();
  }

  /** The ids of the models of a kind, sorted. */
  List<String> ids(String kind) throws IOException {
    return storage.names(Layout.models(kind)).stream()
        .flatMap(name -> NAME.matcher(name).results())
        .map(match -> match.group(1))
        .toList();
  }

  private InputException unusable(String kind, String id, String reason) {
    return new InputException(
        ("Model %s %s cannot be used: its file '%s' %s."
                + " Restore the original file, or fit and accept another model:"
                + " 'karat models fit %s', then 'karat models accept %s latest'.")
            .formatted(kind, id, storage.location(Layout.model(kind, id)), reason, kind, kind));
  }
}
