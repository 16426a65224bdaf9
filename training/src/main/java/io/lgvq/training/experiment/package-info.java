/**
 * The proof that language guidance helps, or where it does not: many trainings of pairs that differ
 * in guidance alone, and what comes of comparing them.
 */
package io.lgvq.training.experiment;
