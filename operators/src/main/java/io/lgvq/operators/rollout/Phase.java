package io.lgvq.operators.rollout;

/** How far a rollout is. */
public enum Phase {
  /** One bundle is loaded. */
  SINGLE,
  /** Another is loaded beside; it reads its tokens and publishes none. */
  BESIDE,
  /** It tokenizes a share of the batches, too, for comparison; nothing of that is published. */
  SHADOW,
  /** It publishes the tokens of a share of the keys. */
  PERCENTAGE,
  /** The new bundle publishes; the one beside is the old one, which still reads its tokens. */
  SWITCHED
}
