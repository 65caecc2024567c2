package io.karat.testing;

import io.karat.run.Progress;

/** A progress listener that ignores everything. */
public enum SilentProgress implements Progress {
  INSTANCE;

  @Override
  public void stage(String name) {}

  @Override
  public void done(String name) {}

  @Override
  public void done(String name, long rows) {}
}
