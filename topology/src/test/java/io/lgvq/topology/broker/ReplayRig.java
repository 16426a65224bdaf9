package io.lgvq.topology.broker;

import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetterFilter;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.replay.Replay;
import io.lgvq.topology.replay.ReplayResult;
import io.lgvq.topology.replay.Selection;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallModel.PureCaptioner;
import io.lgvq.topology.rig.SmallModel.PureReconstructor;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stages that make dead letters on topics of their own, and their replay. */
final class ReplayRig {

  /** Selects all letters. */
  static final Selection ALL = Selection.of(DeadLetterFilter.all());

  private static final Duration QUIET = Duration.ofMillis(500);

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, 1);

  /** Topics of one partition each. */
  TopicNames topics() {
    return topics;
  }

  /** Of the application ids of its stages. */
  String prefix() {
    return prefix;
  }

  EventSerdes serdes() {
    return serdes;
  }

  /** Sends images through a stage until it has made so many dead letters, and stops it. */
  void letters(int count, Stage stage, ImageEvent... images) {
    try (var letters = new Committed(cluster.bootstrapServers(), topics.deadLetters());
        var running = RunningStage.start(stage, prefix, "a")) {
      send(images);
      letters.atLeast(count);
      running.awaitRead(images.length);
    }
  }

  void send(ImageEvent... images) {
    try (var feed = new Feed(cluster.bootstrapServers())) {
      for (var image : images) {
        feed.send(topics.images(), image.getImageId(), image, serdes.images());
      }
      feed.flush();
    }
  }

  /** What a rehearsal says of the letters, of which so many at most would be sent. */
  List<ReplayResult> rehearse(long most) {
    List<ReplayResult> results = new ArrayList<>();
    replay(3).rehearse(ALL, most, results::add);
    return results;
  }

  /** Replays letters, none of them more often than so many times. */
  List<ReplayResult> replay(Selection selection, int mostReplays) {
    List<ReplayResult> results = new ArrayList<>();
    replay(mostReplays).send(selection, Long.MAX_VALUE, results::add);
    return results;
  }

  private Replay replay(int mostReplays) {
    return new Replay(
        Map.of("bootstrap.servers", cluster.bootstrapServers()), topics.deadLetters(), mostReplays);
  }

  /** All committed records of a topic, of which there is one at least. */
  List<ConsumerRecord<String, byte[]>> all(String topic) {
    try (var committed = new Committed(cluster.bootstrapServers(), topic)) {
      committed.atLeast(1);
      return List.copyOf(committed.untilQuiet(QUIET));
    }
  }

  Stage tokenize() {
    return tokenize(new GreyDecoder(), DeadLetterSettings.whole());
  }

  Stage tokenize(ImageDecoder decoder, DeadLetterSettings deadLetters) {
    return new TokenizeStage(
        settings(deadLetters),
        serdes,
        StageListener.none(),
        new ClaimCheck(ClaimCheckSettings.off()),
        decoder,
        new PureTokenizer());
  }

  Stage caption() {
    return new CaptionStage(
        settings(DeadLetterSettings.whole()), serdes, StageListener.none(), new PureCaptioner());
  }

  Stage reconstruct() {
    return new ReconstructStage(
        settings(DeadLetterSettings.whole()),
        serdes,
        StageListener.none(),
        new PureReconstructor());
  }

  private StageSettings settings(DeadLetterSettings deadLetters) {
    return new StageSettings(
        topics,
        new BatchSettings(4, Duration.ofMillis(20)),
        new RetrySettings(1, Duration.ZERO),
        deadLetters);
  }
}
