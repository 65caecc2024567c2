package io.karat.publishing;

/** Test with an output folder of its own. */
interface FreshFolder {
  String location();

  ToyJob job();
}
