/** What can go wrong, as one sealed family that tells a bad record from a bad day. */
package io.lgvq.schemas.problem;
