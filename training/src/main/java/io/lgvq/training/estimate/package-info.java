/** Measured values with their intervals. */
package io.lgvq.training.estimate;
