/**
 * Composed scenes: real art before real backgrounds. A {@code Composer} draws a scene graph, a
 * {@code Painter} paints it, and the grammars of captions and questions read it off, so that all
 * that is said is true by construction.
 */
package io.lgvq.training.corpus.scene;
