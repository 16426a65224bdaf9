/** One's own images with captions, from a folder or a JSON-lines file. */
package io.lgvq.training.corpus.folder;
