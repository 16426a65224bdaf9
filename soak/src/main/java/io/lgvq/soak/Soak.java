package io.lgvq.soak;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.Feed;
import io.lgvq.soak.course.Pictures;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.soak.fault.Fault;
import io.lgvq.soak.fault.FaultDriver;
import io.lgvq.soak.fault.FaultKind;
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
import io.lgvq.soak.verify.OutputReader;
import io.lgvq.soak.verify.Verifier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: everything is started, records flow, one fault after the other strikes as soon as the
 * last is mended, and in the end every record is accounted for.
 *
 * <p>Hours of a run are never lost: there is a report after each fault, and one of what was seen so
 * far where the harness itself fails.
 *
 * <p>Threading: for one thread.
 */
public final class Soak implements Moment {

  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration MENDED = Duration.ofMinutes(2);
  // A block of images is fed in a second, and none of its keys may be of a partition.
  private static final Duration WORK = Duration.ofSeconds(10);
  private static final int CALM = 3;
  // Each takes its two minutes, and a long run would never end.
  private static final int HOPELESS = 5;
  private static final long STEP_MILLIS = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Soak.class);

  private final SoakSettings settings;
  private final Consumer<String> progress;
  private final Tally tally;
  private final Findings findings;
  private final Verifier verifier;
  private final Feed feed;
  private final OutputReader reader;
  private final Flow flow;
  private final Work work;
  private final Fleet fleet;
  private final Platform platform;
  private Fault fault;
  private boolean missed;
  private int due;
  private long struck;

  private Soak(
      SoakSettings settings,
      String command,
      Platform platform,
      Fleet fleet,
      Findings findings,
      Consumer<String> progress)
      throws IOException {
    this.settings = settings;
    this.tally = new Tally(settings, command, findings);
    this.findings = findings;
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
    verifier =
        new Verifier(course, topics, contents, settings.questionWait(), System::nanoTime, findings);
    String bootstrap = platform.bootstrapServers();
    reader = new OutputReader(bootstrap, platform.outputs(), verifier, this::heard);
    flow =
        new Flow(
            reader.partitions().stream()
                .filter(place -> !place.topic().equals(topics.deadLetters()))
                .toList());
    feed =
        new Feed(
            course,
            pictures,
            topics,
            serdes,
            bootstrap,
            settings.rate(),
            verifier::imagesThrough,
            verifier::asked);
    work = new Work(platform, fleet, feed, verifier, settings.rate());
  }

  /**
   * Runs it.
   *
   * @param progress is told what happens, a line each
   * @param soFar is shown the report after each fault, as one that is not finished
   * @return the report; where the harness failed on the way, of what was seen until then
   * @throws Exception if the harness failed before anything was fed
   */
  public static Report run(
      SoakSettings settings, String command, Consumer<String> progress, Consumer<Report> soFar)
      throws Exception {
    var findings = new Findings();
    Optional<Report> report = Optional.empty();
    try (Platform platform = Platform.start(settings.folder(), settings.layout().slots().size());
        Fleet fleet =
            Fleet.of(
                platform,
                settings.layout(),
                settings.told(),
                progress,
                why -> findings.add(new Finding("hung", "instance", "its stop", why)))) {
      var soak = new Soak(settings, command, platform, fleet, findings, progress);
      try (soak.reader;
          soak.feed) {
        report = Optional.of(soak.run(soFar));
      }
    } catch (Exception e) {
      if (report.isEmpty()) {
        throw e;
      }
      // The account is made: what cannot be closed does not take it away.
      LOG.warn("Not everything could be closed", e);
    }
    return report.get();
  }

  private Report run(Consumer<Report> soFar) {
    try {
      begin();
      faults(soFar);
      verifier.finish(finish());
      return report(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return report(Optional.of("it was interrupted"));
    } catch (Exception | Error e) {
      // Whatever it is, what was seen so far is worth more than how the JVM would end.
      LOG.error("The harness failed", e);
      String when = fault == null ? "" : " at or after fault " + fault.number();
      return report(Optional.of("the harness failed" + when + ": " + e));
    }
  }

  private void faults(Consumer<Report> soFar) throws InterruptedException, ExecutionException {
    var driver = new FaultDriver(platform, fleet);
    for (Fault next :
        FaultPlan.draw(
            settings.seed(),
            settings.faults(),
            settings.kinds(),
            settings.layout(),
            settings.sessionTimeout())) {
      fault = next;
      missed = false;
      lasts(next.pauseMillis());
      work.aim(next);
      driver.apply(next, this);
      mended();
      if (tally.unmendedInARow() == HOPELESS) {
        throw new IllegalStateException(
            "output did not flow again after %d faults in a row".formatted(HOPELESS));
      }
      soFar.accept(report(Optional.of("it still runs")));
    }
  }

  private Report report(Optional<String> unfinished) {
    return tally.report(
        feed.sent(),
        new Report.Counts(verifier.gaveUp(), fleet.fallen(), verifier.codebooks()),
        unfinished);
  }

  @Override
  public void strikes() throws InterruptedException {
    // Right after a commit there may be little, until the next records come.
    long deadline = System.nanoTime() + WORK.toNanos();
    while (work.isLittle() && System.nanoTime() < deadline) {
      step();
    }
    due = work.due();
    work.wrongWith(fault).ifPresent(findings::add);
    if (fault.kind() == FaultKind.CLOCK_JUMPS) {
      verifier.clockJumps();
    }
    flow.begin(feed.sent());
    struck = System.nanoTime();
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
    missed = true;
    progress.accept("  it did not come to what was meant");
  }

  private void begin() throws InterruptedException {
    settings.layout().atStart().forEach(slot -> fleet.slot(slot).start());
    reader.start();
    feed.start();
    long deadline = System.nanoTime() + START.toNanos();
    while (!fleet.isRunning() || flow.took().isEmpty()) {
      step(deadline);
    }
    for (int time = 0; time < CALM; time++) {
      flow.begin(feed.sent());
      while (flow.took().isEmpty()) {
        step(deadline);
      }
      tally.calm(flow.took().get());
    }
    progress.accept("output flows after %d s".formatted(tally.age().toSeconds()));
  }

  private void step(long deadline) throws InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new IllegalStateException(
          "no output of all partitions within %s of the start; see %s"
              .formatted(START, settings.folder()));
    }
    step();
  }

  /** Returns when all is as it was before the fault, and notes how long it took. */
  private void mended() throws InterruptedException {
    long deadline = System.nanoTime() + MENDED.toNanos();
    boolean wasDown = !fleet.isRunning();
    Optional<Duration> back = Optional.empty();
    while (!fleet.isRunning() || flow.took().isEmpty() || (wasDown && back.isEmpty())) {
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
    var recovery = new Recovery(fault, due, missed, back, flow.took());
    tally.recovered(recovery);
    progress.accept("%d/%d %s".formatted(fault.number(), settings.faults(), recovery));
  }

  private Sent finish() throws Exception {
    Sent sent = feed.finish();
    var ending = new Ending(platform, fleet, reader, findings);
    ending.awaitOutputs(() -> verifier.missing(sent), this::step);
    ending.await();
    return sent;
  }

  private void step() throws InterruptedException {
    Thread.sleep(STEP_MILLIS);
    reader.check();
    feed.check();
    fleet.supervise();
  }

  private void heard(TopicPartition place, RecordId record) {
    flow.heard(place, record);
  }
}
