package io.karat.run;

/** A progress listener that ignores everything. */
enum Silent implements Progress {
  INSTANCE;

  @Override
  public void stage(String name) {}

  @Override
  public void done(String name) {}

  @Override
  public void done(String name, long rows) {}
}
