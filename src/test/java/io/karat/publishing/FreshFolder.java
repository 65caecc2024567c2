package io.karat.publishing;

/** A test that has an output folder of its own. */
interface FreshFolder {
  String location();

  ToyJob job();
}
