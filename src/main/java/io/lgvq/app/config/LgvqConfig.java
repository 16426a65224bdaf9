package io.lgvq.app.config;

import io.lgvq.operators.engine.EngineKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator may choose. Every property can be given as {@code -Dlgvq.x.y=...}, as
 * environment variable {@code LGVQ_X_Y}, or in {@code config/application.properties}.
 *
 * <p>{@code docs/configuration.md} is generated from the comments below, in their order; a test
 * fails when it is stale. One file, as that page is one: what makes it long are its comments.
 */
@ConfigMapping(prefix = "lgvq")
public interface LgvqConfig {
  /**
   * The stages that this process runs. Each has its own application id and scales by itself, so one
   * process may run all of them or just one. `drift`, which is off by default, needs a bundle with
   * a code reference and the topic `lgvq.drift`.
   */
  @WithDefault("tokenize,caption,answer,reconstruct")
  List<StageName> stages();

  /**
   * The bundle, a folder or zip: one codebook and every head trained on it. A relative path is
   * looked up in the working directory, then in `lgvq.root`.
   */
  @WithDefault("bundles/lgvq-small")
  Path bundle();

  /**
   * How often the bundle's location is looked at, for instance `10s`; a new bundle that is found
   * there is rolled out (docs/rollout.md). Absent, nobody looks.
   */
  Optional<Duration> bundleWatch();

  /** Folder of the project or installation; the launcher sets it. */
  @WithDefault(".")
  Path root();

  /**
   * Where the models run. `cuda` and `tensorrt` need the GPU build of ONNX Runtime and a GPU; the
   * start stops with a sentence when one of them is missing.
   */
  @WithDefault("onnxruntime")
  EngineKind engine();

  /**
   * CPU threads within one call of a model. 1 is right where several stages share the machine, for
   * throughput comes from the stages and stream threads then.
   */
  @WithDefault("1")
  int engineThreads();

  /**
   * Stable name of this process among those that share its stages, for instance the pod's name. It
   * becomes Kafka's static membership and part of its transactional ids: a restart within the
   * session timeout moves no partitions, and ends at once the transaction that a killed process
   * left open.
   */
  Optional<String> instanceId();

  /**
   * How long the stages may take to stop before they are forced. The whole stop takes 9 s more at
   * most: 5 before it for requests on their way (`quarkus.shutdown.timeout`), 4 after it for the
   * clients. Keep the sum, 24 s, below the grace period of the platform (30 s on Kubernetes and in
   * docker-compose.yml), or the platform kills first.
   */
  @WithDefault("15s")
  Duration shutdownGrace();

  /**
   * How long a start waits for Kafka, and for topics that it has made, before it gives up with a
   * sentence. Kafka may come up after us.
   */
  @WithDefault("60s")
  Duration startWait();

  /** How the stages run on Kafka. */
  Streams streams();

  /** For the engines `cuda` and `tensorrt` alone. */
  Gpu gpu();

  /** Names of the topics. */
  Topics topics();

  /** Serializers of your platform, for instance Confluent's, in place of ours. */
  Serde serde();

  /** Micro-batches: how many records an engine sees at once. */
  Batch batch();

  /** What no stage could use. */
  DeadLetters deadLetters();

  /** What a hostile image may cost. */
  Image image();

  /** Captions. */
  Caption caption();

  /** Questions and answers. */
  Answer answer();

  /** Windows in which the stage `drift` watches the feed. */
  Drift drift();

  /** Images that travel as references because they are too large for the broker. */
  ClaimCheck claimCheck();

  /** The REST interface and the results that it can look up. */
  Rest rest();

  /** How a new bundle takes the place of the old one. */
  Rollout rollout();

  /** The admin interface, `/admin`. */
  Admin admin();

  /** How the stages run on Kafka. */
  interface Streams {
    /**
     * Whether every record counts exactly once within Kafka (`exactly_once_v2`). Off, a crash may
     * repeat results, and commits cost less.
     */
    @WithDefault("true")
    boolean exactlyOnce();

    /** Stream threads a stage. More than the input topic has partitions stay idle. */
    @WithDefault("1")
    int threads();

    /**
     * Time between commits. Under exactly-once, results become visible only then, so this is the
     * larger part of a result's delay; much below 100 ms commits cost more than the work.
     */
    @WithDefault("500ms")
    Duration commitInterval();

    /**
     * Longest time that an engine may need for one batch, retries included. Polls are timed to
     * outlast two rounds in which each partition of a stage is worked on twice. Transactions are
     * open only while results are sent, and may be for this, the commit interval and 2 s: so long
     * readers of committed results may wait after an instance that was killed then, if it has no
     * instance-id or does not come back.
     */
    @WithDefault("30s")
    Duration slowestBatch();

    /** Folder for the stages' local state; of this process alone. */
    @WithDefault("${java.io.tmpdir}/lgvq-state")
    Path stateDir();
  }

  /** For the engines {@code cuda} and {@code tensorrt} alone. */
  interface Gpu {
    /** Number of the GPU, from 0. */
    @WithDefault("0")
    int device();

    /** Whether TensorRT may compute in fp16; single codes may differ from those of fp32 then. */
    @WithDefault("false")
    boolean halfPrecision();

    /** Folder where TensorRT keeps the engines that it built, for building takes minutes. */
    Optional<Path> engineCache();
  }

  /** Names of the topics. */
  interface Topics {
    /**
     * Put before each of the names below and before the stages' application ids, for instance
     * `staging.`.
     */
    Optional<String> prefix();

    /** Images as they arrive: `ImageEvent`. */
    @WithDefault("lgvq.images")
    String images();

    /** Images as codes: `ImageTokens`. */
    @WithDefault("lgvq.tokens")
    String tokens();

    /** What the images show: `Caption`. */
    @WithDefault("lgvq.captions")
    String captions();

    /** Questions about images: `Question`. */
    @WithDefault("lgvq.questions")
    String questions();

    /** One answer a question: `Answer`. */
    @WithDefault("lgvq.answers")
    String answers();

    /** Pictures decoded from codes: `Reconstruction`. */
    @WithDefault("lgvq.reconstructions")
    String reconstructions();

    /** How far windows of images are from ordinary ones: `CodebookDrift`. */
    @WithDefault("lgvq.drift")
    String drift();

    /** Records that no stage could use, as they came, with the reason in their headers. */
    @WithDefault("lgvq.dead-letters")
    String deadLetters();

    /**
     * Whether missing topics are made at the start. Off, the start stops with a sentence that names
     * them.
     */
    @WithDefault("false")
    boolean create();

    /** Partitions of the topics that are made at the start. */
    @WithDefault("4")
    int partitions();

    /** Replicas of the topics that are made at the start; the broker's default if absent. */
    Optional<Short> replicationFactor();
  }

  /** Serializers. */
  interface Serde {
    /**
     * Class that writes the values of all topics, for instance
     * `io.confluent.kafka.serializers.KafkaAvroSerializer`; ours if absent. It must be safe for
     * several threads, and is given every `kafka.*` and `schema.registry.*` property.
     */
    Optional<String> serializer();

    /**
     * Class that reads them, for instance `io.confluent.kafka.serializers.KafkaAvroDeserializer`;
     * ours if absent. What it throws decides what a bad record is: a `SerializationException`
     * without an I/O error behind it makes a dead letter, anything else stops the stage.
     */
    Optional<String> deserializer();

    /**
     * Folder with the jars that hold these classes and what they need; absent, they are looked for
     * on the application's own class path.
     */
    Optional<Path> jars();
  }

  /** Micro-batches. */
  interface Batch {
    /** Most records that an engine sees at once. The bundle's card says where throughput peaks. */
    @WithDefault("32")
    int maxBatch();

    /** Longest time that a record waits for company. */
    @WithDefault("20ms")
    Duration linger();
  }

  /** Dead letters. */
  interface DeadLetters {
    /**
     * Most bytes of a value that its dead letter keeps. Of a longer one the letter has length,
     * SHA-256 and place (topic, partition, offset) in its headers, and `dead-letters replay` cannot
     * send it again. Absent: every letter is whole.
     */
    Optional<Integer> maxValueBytes();
  }

  /** Limits for images; whatever breaks one becomes a dead letter. */
  interface Image {
    /**
     * Most encoded bytes. REST takes bodies of 1 MiB more, for forms around images, unless
     * `quarkus.http.limits.max-body-size` says otherwise.
     */
    @WithDefault("20971520")
    int maxBytes();

    /**
     * Most pixels that an image's header may declare. Fewer where they would take more than two
     * fifths of the Java heap (`-Xmx`) when decoded.
     */
    @WithDefault("50000000")
    long maxPixels();

    /** Longest side in pixels that an image's header may declare. */
    @WithDefault("16384")
    int maxSide();

    /** Longest time that decoding one image may take. */
    @WithDefault("5s")
    Duration timeout();

    /** Whether an image whose declared media type contradicts its magic bytes is refused. */
    @WithDefault("true")
    boolean rejectMislabelled();
  }

  /** Captions. */
  interface Caption {
    /** Beams of the search; 1 is greedy and gives no alternatives. */
    @WithDefault("3")
    int beam();
  }

  /** Questions and answers. */
  interface Answer {
    /** How long an image's tokens are kept for questions that come later. */
    @WithDefault("7d")
    Duration tokensRetention();

    /** How long a question waits for its image before it is answered `UNKNOWN_IMAGE`. */
    @WithDefault("5m")
    Duration questionWait();

    /** Longest question in characters; longer ones become dead letters. */
    @WithDefault("1000")
    int maxLength();
  }

  /** Drift. */
  interface Drift {
    /** Least length of a window, by wall-clock time. */
    @WithDefault("1m")
    Duration window();

    /**
     * Least number of images in a window; it stays open until they have come. Windows are of one
     * partition each.
     */
    @WithDefault("64")
    int leastImages();

    /**
     * A code is rare if ordinary images have it less often than this, in units of 1/K: the
     * probability of each code of K if all were equally frequent.
     */
    @WithDefault("0.5")
    double rareBelow();
  }

  /** Images by reference. */
  interface ClaimCheck {
    /** URI schemes that may be fetched, for instance `https`. Empty: nothing is ever fetched. */
    Optional<List<String>> schemes();

    /** Hosts that may be fetched from, compared exactly. Empty: nothing is ever fetched. */
    Optional<List<String>> hosts();

    /** Longest time that fetching one image may take. */
    @WithDefault("10s")
    Duration timeout();
  }

  /** The REST interface. */
  interface Rest {
    /**
     * Whether results can be looked up over REST. Off, this process reads no output topic and the
     * look-ups answer 503.
     */
    @WithDefault("true")
    boolean results();

    /** How far back in the output topics a starting process reads, to know earlier results. */
    @WithDefault("1h")
    Duration lookBack();

    /** Most images whose results are kept in memory; the oldest go first. */
    @WithDefault("2000")
    int maxImages();

    /**
     * How long a posted question may wait for its answer before the reply is 202 with an address.
     */
    @WithDefault("10s")
    Duration answerWait();
  }

  /** How a new bundle takes the place of the old one. */
  interface Rollout {
    /**
     * How long a new bundle that was found (`lgvq.bundle-watch`) is loaded beside the old one
     * before it publishes: time for every process to find it, for heads must read its tokens first.
     */
    @WithDefault("1m")
    Duration settle();

    /**
     * How long the old bundle stays loaded after the switch where a new one was found; longer while
     * its tokens are unread. Questions about images of its tokens can be answered as long.
     */
    @WithDefault("10m")
    Duration retireAfter();
  }

  /** The admin interface. */
  interface Admin {
    /**
     * Whether bundles can be loaded, switched and retired over HTTP. Whoever reaches the port can
     * then, so let nobody reach `/admin` who should not.
     */
    @WithDefault("false")
    boolean enabled();
  }
}
