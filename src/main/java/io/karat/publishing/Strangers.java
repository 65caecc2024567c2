package io.karat.publishing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Files and folders in an output folder that are not Karat's, such as backups and notes. Every
 * command passes them over, and none deletes them.
 */
record Strangers(Storage storage, List<String> found) {
  private static final Set<String> FILES =
      Set.of(Layout.CURRENT_FILE, Layout.INDEX_FILE, OutputFolder.REPORT, "metrics.prom");
  private static final Set<String> FOLDERS =
      Set.of(
          Layout.COMMITS,
          Layout.RELEASES,
          Layout.STAGING,
          Layout.HISTORY,
          Layout.MODELS,
          Layout.MATCHING,
          Layout.LOCKS,
          Layout.CURRENT_LINK);

  /** Lists them, as paths within the output folder, sorted. */
  static List<String> in(Storage storage, Commit head) throws IOException {
    Strangers strangers = new Strangers(storage, new ArrayList<>());
    strangers.look("", FILES::contains, FOLDERS::contains);
    strangers.look(
        Layout.COMMITS,
        name -> NumberedFiles.number(name).filter(it -> it <= head.number()).isPresent(),
        Strangers::nothing);
    strangers.look(
        Layout.LOCKS, name -> NumberedFiles.number(name).isPresent(), Strangers::nothing);
    strangers.lookAtModels();
    strangers.lookAtRuns(Layout.RELEASES);
    strangers.lookAtRuns(Layout.STAGING);
    strangers.look(Layout.HISTORY, Strangers::nothing, Layout::isNight);
    for (String night : storage.folders(Layout.HISTORY)) {
      if (Layout.isNight(night)) {
        strangers.lookAtRuns("%s/%s".formatted(Layout.HISTORY, night));
      }
    }
    strangers.found.sort(null);
    return List.copyOf(strangers.found);
  }

  private void lookAtModels() throws IOException {
    look(Layout.MODELS, Strangers::nothing, name -> true);
    for (String kind : storage.folders(Layout.MODELS)) {
      look(Layout.models(kind), ModelFiles::isModel, "fits"::equals);
      look(Layout.fits(kind), name -> NumberedFiles.number(name).isPresent(), Strangers::nothing);
    }
  }

  private void lookAtRuns(String folder) throws IOException {
    look(folder, Strangers::nothing, Layout::isRun);
    for (String run : storage.folders(folder)) {
      String path = "%s/%s".formatted(folder, run);
      // Former releases have their tables here.
      if (Layout.isRun(run) && !storage.names(path).contains(Layout.MANIFEST)) {
        look(path, Strangers::nothing, Layout::isAttempt);
      }
    }
  }

  private static boolean nothing(String name) {
    return name.isEmpty();
  }

  private void look(String folder, Predicate<String> isFile, Predicate<String> isFolder)
      throws IOException {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    storage.names(folder).stream()
        .filter(isFile.negate())
        .forEach(name -> found.add(prefix + name));
    storage.folders(folder).stream()
        .filter(isFolder.negate())
        .forEach(name -> found.add(prefix + name + "/"));
  }
}
