package io.lgvq.soak.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How far the answer stage has read the tokens of each partition, by the word of its own answers:
 * one about an image shows that all tokens up to those of that image have been read, for a
 * partition is read in order, and answers leave in the order in which questions met their tokens. A
 * question that is answered <em>after</em> that as about an unknown image, although the tokens of
 * its image lie before, was asked of a stage that has lost them. No clock and no outage explains
 * it: state and outputs are committed together.
 *
 * <p>The reader may see answers before tokens, so a judgement may have to wait for them. An answer
 * whose tokens were not seen yet proves nothing. Threading: of its owner.
 */
final class TokensRead {

  // Questions are about images that came shortly before or after.
  private static final int KEYS = 50_000;

  private record Doubt(long read, Consumer<String> finding) {}

  private final Map<Integer, Long> read = new HashMap<>();
  private final Map<String, List<Doubt>> doubts = new HashMap<>();
  private final Map<String, Long> first =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > KEYS;
        }
      };

  /** Tokens of an image lie at an offset of their partition. */
  void tokens(String image, long offset) {
    if (first.putIfAbsent(image, offset) == null) {
      List<Doubt> waiting = doubts.remove(image);
      if (waiting != null) {
        waiting.forEach(doubt -> judge(doubt, offset));
      }
    }
  }

  /** A question was answered from the tokens of its image. */
  void answered(int partition, String image) {
    Long offset = first.get(image);
    if (offset != null) {
      read.merge(partition, offset, Math::max);
    }
  }

  /**
   * A question was answered as about an unknown image, and the image is one of the feed.
   *
   * @param finding is told what is wrong, now or as soon as the tokens are seen
   */
  void unknown(int partition, String image, Consumer<String> finding) {
    long upTo = read.getOrDefault(partition, -1L);
    var doubt = new Doubt(upTo, finding);
    Long offset = first.get(image);
    if (offset == null) {
      doubts.computeIfAbsent(image, key -> new ArrayList<>()).add(doubt);
    } else {
      judge(doubt, offset);
    }
  }

  private static void judge(Doubt doubt, long offset) {
    if (offset <= doubt.read()) {
      doubt
          .finding()
          .accept(
              "its tokens are at offset %d, and those at %d had been read"
                  .formatted(offset, doubt.read()));
    }
  }
}
