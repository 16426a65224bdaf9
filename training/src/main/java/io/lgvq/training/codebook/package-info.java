/** A codebook as something to look at. */
package io.lgvq.training.codebook;
