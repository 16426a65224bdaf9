package io.lgvq.training.audit;

import java.util.List;

/**
 * Where a bundle does worse. Plain data; its JSON has these names.
 *
 * @param bundle name and version
 * @param corpus what it was measured on
 * @param splits whose images were looked at
 * @param limit most images a split
 * @param images how many were looked at
 * @param leftOut images with an object that the bundle has no word for
 * @param least observations that a value had to have to be compared
 * @param tooFew comparisons that were not made because there were fewer
 * @param compared how many comparisons there are
 * @param outsideByChance most intervals that were to be expected to leave the mean out by chance
 * @param outside how many leave it out
 * @param confirmed how many of these hold among all comparisons
 * @param overall the means
 * @param findings all comparisons, worst first within each measure
 */
public record AuditReport(
    String bundle,
    String corpus,
    List<String> splits,
    int limit,
    int images,
    int leftOut,
    int least,
    int tooFew,
    int compared,
    double outsideByChance,
    long outside,
    long confirmed,
    List<Overall> overall,
    List<Finding> findings) {

  /**
   * A measure over all images.
   *
   * @param n questions, objects or images
   * @param mean share 0 .. 1, or decibels
   */
  public record Overall(String measure, int n, double mean) {}
}
