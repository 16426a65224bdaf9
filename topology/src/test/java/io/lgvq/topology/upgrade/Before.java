package io.lgvq.topology.upgrade;

import static io.lgvq.topology.upgrade.AllStages.TOPICS;

import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.rig.Events;
import io.lgvq.topology.rig.Feed;

/**
 * What was fed before an upgrade: images and questions that the old release brought to their end,
 * questions whose images it never saw, and what lay unread in the topics when it was stopped.
 */
final class Before {

  /** Images that the old release tokenized. */
  static final int SEEN = 20;

  /** Images that questions of the old release waited for. */
  static final int AWAITED = 4;

  /** Images that nobody had read or asked about. */
  static final int UNREAD = 6;

  /** Good images of both parts. */
  static final int IMAGES = SEEN + AWAITED + UNREAD;

  /** Questions of both parts: each seen image is asked about before the stop and after it. */
  static final int QUESTIONS = 2 * SEEN + AWAITED;

  private Before() {}

  /** What the old release works on: one image is torn, and some questions come too early. */
  static void begin(Feed feed, EventSerdes serdes) {
    for (int i = 0; i < SEEN; i++) {
      image(feed, serdes, "seen-" + i, i);
      ask(feed, serdes, "seen-" + i, "first");
    }
    feed.send(TOPICS.images(), "torn", Events.greys("torn", 1, 2, 3), serdes.images());
    for (int i = 0; i < AWAITED; i++) {
      ask(feed, serdes, "awaited-" + i, "first");
    }
    feed.flush();
  }

  /** What comes while no stage runs. */
  static void goOn(Feed feed, EventSerdes serdes) {
    for (int i = 0; i < SEEN; i++) {
      ask(feed, serdes, "seen-" + i, "second");
    }
    for (int i = 0; i < AWAITED; i++) {
      image(feed, serdes, "awaited-" + i, 100 + i);
    }
    for (int i = 0; i < UNREAD; i++) {
      image(feed, serdes, "unread-" + i, 110 + i);
    }
    feed.flush();
  }

  private static void image(Feed feed, EventSerdes serdes, String id, int grey) {
    feed.send(TOPICS.images(), id, Events.greys(id, grey, grey, grey + 1, grey), serdes.images());
  }

  private static void ask(Feed feed, EventSerdes serdes, String image, String time) {
    feed.send(
        TOPICS.questions(),
        image,
        Events.question(time + "-" + image, image, "what is it?"),
        serdes.questions());
  }
}
