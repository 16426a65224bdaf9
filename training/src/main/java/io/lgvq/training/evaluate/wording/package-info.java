/** How captions are worded: n-grams and sequences that they have in common with those of people. */
package io.lgvq.training.evaluate.wording;
