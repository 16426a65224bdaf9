package io.lgvq.schemas.registry;

/** What a new version of a subject must keep to; the registry's own names. */
public enum Compatibility {
  /** Anything goes. */
  NONE,
  /** Readers with the new schema read records of the last one. The rule of this project. */
  BACKWARD,
  /** As {@link #BACKWARD}, for all earlier versions. */
  BACKWARD_TRANSITIVE,
  /** Readers with the last schema read records of the new one. */
  FORWARD,
  /** As {@link #FORWARD}, for all earlier versions. */
  FORWARD_TRANSITIVE,
  /** Both ways. */
  FULL,
  /** Both ways, for all earlier versions. */
  FULL_TRANSITIVE
}
