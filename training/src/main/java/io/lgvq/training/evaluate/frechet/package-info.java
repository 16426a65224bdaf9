/** How far reconstructions are from originals as sets of pictures, seen by a trained eye. */
package io.lgvq.training.evaluate.frechet;
