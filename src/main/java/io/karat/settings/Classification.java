package io.karat.settings;

import io.karat.settings.yaml.Location;

/**
 * Classification of customers by one indicator, such as LARGE, MEDIUM and SMALL.
 *
 * @param name the column of the class
 * @param by the column of {@code customer_indicators} that is classified
 * @param isDefault whether {@code by} is the built-in one
 */
public record Classification(
    String name,
    String by,
    LevelSettings classes,
    RankedPopulation population,
    CutPolicy cuts,
    boolean isDefault,
    Location at) {}
