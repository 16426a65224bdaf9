/**
 * Pinned packages of the ordinary registries: fetched by their own clients, checked, unpacked,
 * never committed.
 */
package io.lgvq.training.corpus.packages;
