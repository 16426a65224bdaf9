/**
 * What training and evaluation know of their data: images with captions and questions, as a pure
 * function of source, split and index.
 */
package io.lgvq.training.corpus;
