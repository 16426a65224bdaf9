package io.lgvq.soak;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.Feed;
import io.lgvq.soak.course.Pictures;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.soak.fault.Fault;
import io.lgvq.soak.fault.FaultDriver;
import io.lgvq.soak.fault.FaultPlan;
import io.lgvq.soak.fault.Moment;
import io.lgvq.soak.fleet.Fleet;
import io.lgvq.soak.model.Model;
import io.lgvq.soak.platform.Platform;
import io.lgvq.soak.report.Recovery;
import io.lgvq.soak.report.Report;
import io.lgvq.soak.verify.Contents;
import io.lgvq.soak.verify.Finding;
import io.lgvq.soak.verify.Findings;
import io.lgvq.soak.verify.Flow;
import io.lgvq.soak.verify.ModelContents;
import io.lgvq.soak.verify.OpenTransactions;
import io.lgvq.soak.verify.OutputReader;
import io.lgvq.soak.verify.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * One run: everything is started, records flow, one fault after the other strikes as soon as the
 * last is mended, and in the end every record is accounted for.
 *
 * <p>Threading: for one thread.
 */
public final class Soak implements Moment {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration MENDED = Duration.ofMinutes(2);
  private static final Duration STALLED = Duration.ofMinutes(2);
  private static final Duration TRANSACTIONS = Duration.ofMinutes(1);
  private static final Duration NEXT_IMAGE = Duration.ofSeconds(2);
  private static final int CALM = 3;
  private static final long STEP_MILLIS = 20;

  private final SoakSettings settings;
  private final Consumer<String> progress;
  private final Instant began = Instant.now();
  private final List<Recovery> recoveries = new ArrayList<>();
  private final List<Duration> calm = new ArrayList<>();
  private final Findings findings = new Findings();
  private final Verifier verifier;
  private final Feed feed;
  private final OutputReader reader;
  private final Flow flow;
  private final Fleet fleet;
  private final Platform platform;
  private int missed;
  private long struck;
  private Fault fault;

  private Soak(SoakSettings settings, Platform platform, Fleet fleet, Consumer<String> progress)
      throws IOException {
    this.settings = settings;
    this.platform = platform;
    this.fleet = fleet;
    this.progress = progress;
    var course = new Course(settings.seed());
    var pictures = Pictures.of(settings.samples());
    var topics = platform.topics();
    var serdes = platform.serdes();
    Contents contents;
    try (Model model = Model.open(settings.model())) {
      contents = new ModelContents(List.of(model, model.next()), pictures, topics, serdes);
    }
    verifier = new Verifier(course, topics, contents, findings);
    String bootstrap = platform.bootstrapServers();
    reader = new OutputReader(bootstrap, platform.outputs(), verifier, this::heard);
    flow =
        new Flow(
            reader.partitions().stream()
                .filter(place -> !place.topic().equals(topics.deadLetters()))
                .toList());
    feed =
        new Feed(
            course, pictures, topics, serdes, bootstrap, settings.rate(), verifier::imagesThrough);
  }

  /**
   * Runs it.
   *
   * @param progress is told what happens, a line each
   * @throws Exception if the harness itself fails; what the stages do wrong stands in the report
   */
  public static Report run(SoakSettings settings, String command, Consumer<String> progress)
      throws Exception {
    try (Platform platform = Platform.start(settings.folder(), SoakSettings.SLOTS);
        Fleet fleet =
            Fleet.of(
                platform,
                SoakSettings.SLOTS,
                settings.folder(),
                settings.model(),
                settings.questionWait(),
                settings.sessionTimeout(),
                progress)) {
      var soak = new Soak(settings, platform, fleet, progress);
      try (soak.reader;
          soak.feed) {
        return soak.run(command);
      }
    }
  }

  private Report run(String command) throws Exception {
    begin();
    var driver = new FaultDriver(platform, fleet);
    for (Fault next :
        FaultPlan.draw(
            settings.seed(),
            settings.faults(),
            settings.kinds(),
            SoakSettings.SLOTS,
            SoakSettings.AT_START)) {
      fault = next;
      lasts(next.pauseMillis());
      driver.apply(next, this);
      mended();
    }
    Sent sent = finish();
    verifier.finish(sent);
    String model = Path.of(settings.model()).getFileName().toString();
    return new Report(
        new Report.Run(command, model, began, Instant.now()),
        sent,
        List.copyOf(recoveries),
        List.copyOf(calm),
        findings,
        new Report.Counts(verifier.gaveUp(), fleet.fallen(), missed, verifier.codebooks()));
  }

  @Override
  public void strikes() throws InterruptedException {
    // A fast machine may be through with all that was fed, until the next image comes.
    long deadline = System.nanoTime() + NEXT_IMAGE.toNanos();
    while (!isWorkLeft() && System.nanoTime() < deadline) {
      step();
    }
    if (!isWorkLeft()) {
      findings.add(new Finding("no work left", "fault " + fault.number(), fault.kind().code(), ""));
    }
    flow.begin(feed.sent());
    struck = System.nanoTime();
  }

  private boolean isWorkLeft() {
    return feed.sent().images() > verifier.imagesThrough();
  }

  @Override
  public void lasts(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      step();
    }
  }

  @Override
  public void missed() {
    missed++;
    progress.accept("  the moment did not come");
  }

  private void begin() throws InterruptedException {
    for (int slot = 0; slot < SoakSettings.AT_START; slot++) {
      fleet.slot(slot).start();
    }
    reader.start();
    feed.start();
    long deadline = System.nanoTime() + START.toNanos();
    while (!fleet.isRunning() || flow.took().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "no output of all partitions within %s of the start; see %s"
                .formatted(START, settings.folder()));
      }
      step();
    }
    for (int time = 0; time < CALM; time++) {
      flow.begin(feed.sent());
      while (flow.took().isEmpty()) {
        step();
      }
      calm.add(flow.took().get());
    }
    progress.accept(
        "all stages run after %d s; output takes %d ms"
            .formatted(
                Duration.between(began, Instant.now()).toSeconds(), calm.get(CALM - 1).toMillis()));
  }

  /** Returns when all is as it was before the fault, and notes how long it took. */
  private void mended() throws InterruptedException {
    long deadline = System.nanoTime() + MENDED.toNanos();
    boolean wasDown = !fleet.isRunning();
    Optional<Duration> back = Optional.empty();
    while (!fleet.isRunning() || flow.took().isEmpty()) {
      step();
      if (wasDown && back.isEmpty() && fleet.isRunning()) {
        back = Optional.of(Duration.ofNanos(System.nanoTime() - struck));
      }
      if (System.nanoTime() > deadline) {
        findings.add(
            new Finding(
                "not mended within " + MENDED.toSeconds() + " s",
                "fault " + fault.number(),
                fault.kind().code(),
                fleet.isRunning() ? "no output of " + flow.waiting() : "stages do not run"));
        break;
      }
    }
    recoveries.add(new Recovery(fault, back, flow.took()));
    progress.accept(
        "%d/%d %s: back %s, output again %s"
            .formatted(
                fault.number(),
                settings.faults(),
                fault.kind().code(),
                back.map(Soak::seconds).orElse("-"),
                flow.took().map(Soak::seconds).orElse("never")));
  }

  private Sent finish() throws Exception {
    Sent sent = feed.finish();
    int missing = verifier.missing(sent);
    long progressed = System.nanoTime();
    while (missing > 0 && System.nanoTime() - progressed < STALLED.toNanos()) {
      step();
      int now = verifier.missing(sent);
      if (now != missing) {
        missing = now;
        progressed = System.nanoTime();
      }
    }
    fleet.stop();
    try (var admin = platform.admin()) {
      OpenTransactions.await(admin, reader.partitions(), TRANSACTIONS).forEach(findings::add);
    }
    // What should not be there must have its chance to show.
    Thread.sleep(3_000);
    reader.check();
    return sent;
  }

  private void step() throws InterruptedException {
    Thread.sleep(STEP_MILLIS);
    reader.check();
    fleet.supervise();
  }

  private void heard(TopicPartition place, RecordId record) {
    flow.heard(place, record);
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
