package io.karat.settings;

/** The tables that a night reads. */
public record Inputs(InputSettings transactions) {}
