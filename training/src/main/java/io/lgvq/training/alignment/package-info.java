/**
 * The language modules of LG-VQ (eqs. 4 to 8): what looks at code vectors with the words of a
 * caption in mind. They steer a tokenizer while it learns ({@code guidance}), and, trained afresh
 * on finished codes, they tell what a codebook says of language ({@code probe}).
 */
package io.lgvq.training.alignment;
