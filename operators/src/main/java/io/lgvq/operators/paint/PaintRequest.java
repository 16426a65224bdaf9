package io.lgvq.operators.paint;

/**
 * A picture to be painted.
 *
 * @param text plain words, not blank; those that the bundle's vocabulary lacks say nothing
 * @param seed any number: the same text and seed give the same codes, another seed another picture
 */
public record PaintRequest(String text, long seed) {}
