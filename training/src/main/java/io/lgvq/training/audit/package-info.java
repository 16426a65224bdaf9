/**
 * Where a bundle does worse: its answers, captions and reconstructions compared by what is known of
 * the images, and the worst of them to look at.
 */
package io.lgvq.training.audit;
