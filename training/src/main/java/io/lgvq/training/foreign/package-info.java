/**
 * Tokenizers that were trained elsewhere: VQGAN (Esser et al., CVPR 2021) in the form in which its
 * usual implementation, taming-transformers, names and arranges it, read from a safetensors file
 * and written as a bundle.
 */
package io.lgvq.training.foreign;
