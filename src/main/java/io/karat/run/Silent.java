package io.karat.run;

/** Progress that nobody listens to. */
enum Silent implements Progress {
  INSTANCE;

  @Override
  public void stage(String name) {}

  @Override
  public void done(String name) {}

  @Override
  public void done(String name, long rows) {}
}
