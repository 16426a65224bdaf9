/** Which codes ordinary images are made of, measured for a bundle, and how other images differ. */
package io.lgvq.training.reference;
