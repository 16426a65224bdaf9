/**
 * The frozen language model that guides the codebook, behind a small interface, with a cache that
 * resumes.
 */
package io.lgvq.training.text;
