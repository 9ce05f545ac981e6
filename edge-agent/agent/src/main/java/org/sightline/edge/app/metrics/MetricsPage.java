package org.sightline.edge.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentStatus;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.pipeline.CameraPhase;
import org.sightline.edge.pipeline.CameraState;
import org.sightline.edge.pipeline.PipelineCounters;

/**
 * The figures of an agent as Prometheus reads them; docs/metrics.md lists every name. A label is
 * the id of a camera or a word of the program, never anything about a person. What is not known is
 * NaN. Thread-safe.
 */
public final class MetricsPage {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Supplier<AgentReading> source;
  private final MultiGauge alarms;
  private final MultiGauge cameraAlarms;
  private AgentReading now;

  /**
   * @param cameras those of the settings
   * @param source asked once for each page
   */
  public MetricsPage(List<CameraId> cameras, Supplier<AgentReading> source) {
    this.source = source;
    this.now = source.get();
    alarms =
        MultiGauge.builder("sightline.alarm")
            .description("1 for each alarm of the status, by its word; gone when it is cleared")
            .register(registry);
    cameraAlarms =
        MultiGauge.builder("sightline.camera.alarm")
            .description("1 for each alarm of a camera")
            .register(registry);
    box();
    deployment();
    recognition();
    alerts();
    cameras.forEach(this::camera);
  }

  /** The page now, in Prometheus' text format, version 0.0.4. */
  public synchronized String text() {
    now = source.get();
    AgentStatus status = now.status();
    alarms.register(
        status.alarms().stream().map(word -> Row.of(Tags.of("kind", word), 1)).toList(), true);
    cameraAlarms.register(
        status.cameras().stream()
            .flatMap(
                camera ->
                    camera.alarms().stream()
                        .map(word -> Row.of(Tags.of("camera", camera.id(), "kind", word), 1)))
            .toList(),
        true);
    return registry.scrape();
  }

  private void box() {
    Gauge.builder("sightline.info", () -> 1)
        .description("1; the version that runs")
        .tag("version", now.status().process().version())
        .register(registry);
    gauge(
        "sightline.status.age.seconds",
        "Age of the figures from the data file and the box",
        () -> seconds(now.age()));
    gauge(
        "sightline.disk.free.bytes",
        "Free space of the data folder",
        () ->
            now.status().box().diskFreeMib() == null
                ? Double.NaN
                : now.status().box().diskFreeMib() * (double) (1 << 20));
    gauge(
        "sightline.heap.used.bytes",
        "Memory of the Java heap in use, garbage that waits for its collection included",
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    gauge(
        "sightline.temperature.celsius",
        "The warmest sensor of the box",
        () -> orUnknown(now.status().box().celsius()));
  }

  private void deployment() {
    gauge(
        "sightline.deployment.capturing",
        "Whether cameras are open",
        () -> yes(now.status().deployment().capturing()));
    gauge(
        "sightline.deployment.paused",
        "Whether an officer has paused it",
        () -> yes(now.status().deployment().paused() != null));
    gauge(
        "sightline.deployment.left.seconds",
        "Until capture is over if nothing else comes",
        () -> left(now));
  }

  private void recognition() {
    counter(
        "sightline.frames.read", "Frames that cameras gave", counters -> counters.frames().read());
    counter(
        "sightline.frames.searched",
        "Frames in which faces were looked for",
        counters -> counters.frames().processed());
    counter(
        "sightline.frames.passed.over",
        "Frames that came sooner than is needed",
        counters -> counters.frames().passedOver());
    counter(
        "sightline.faces",
        "Faces found; a person counts in each frame",
        counters -> counters.faces().detected());
    counter(
        "sightline.passes",
        "People who walked by a camera once",
        PipelineCounters.Snapshot::passes);
  }

  private void alerts() {
    outcome("true", AgentStatus.Alerts::foundTrue);
    outcome("false", AgentStatus.Alerts::foundFalse);
    outcome("unresolved", AgentStatus.Alerts::unresolved);
    outcome("open", AgentStatus.Alerts::open);
    gauge(
        "sightline.alerts.queued",
        "Alerts that wait for the broker",
        () -> now.status().broker() == null ? Double.NaN : now.status().broker().queued());
    gauge(
        "sightline.broker.connected",
        "Whether the broker answers",
        () -> now.status().broker() == null ? Double.NaN : yes(now.status().broker().connected()));
  }

  private void outcome(String word, ToDoubleFunction<AgentStatus.Alerts> figure) {
    Gauge.builder(
            "sightline.alerts",
            () -> {
              AgentStatus.Alerts all = now.status().alerts();
              return all == null ? Double.NaN : figure.applyAsDouble(all);
            })
        .description("Alerts of the deployment, by outcome")
        .tag("outcome", word)
        .register(registry);
  }

  private void camera(CameraId id) {
    Tags camera = Tags.of("camera", id.value());
    Gauge.builder(
            "sightline.camera.open",
            () -> {
              CameraState state = state(id);
              return yes(state != null && state.phase() == CameraPhase.OPEN);
            })
        .description("Whether it is read")
        .tags(camera)
        .register(registry);
    Gauge.builder(
            "sightline.camera.searched.age.seconds",
            () -> {
              CameraState state = state(id);
              return state == null || state.searched() == null
                  ? Double.NaN
                  : seconds(state.searched());
            })
        .description("Age of its last searched frame")
        .tags(camera)
        .register(registry);
    counter(
        "sightline.camera.frames",
        "Frames that it gave",
        camera,
        id,
        state -> state.source().framesRead());
    counter(
        "sightline.camera.frames.searched",
        "Its frames in which faces were looked for",
        camera,
        id,
        CameraState::framesSearched);
    counter(
        "sightline.camera.frames.lost",
        "Its frames that were given up, by reason",
        camera.and("reason", "busy"),
        id,
        CameraState::dropped);
    counter(
        "sightline.camera.frames.lost",
        "Its frames that were given up, by reason",
        camera.and("reason", "broken"),
        id,
        state -> state.source().framesBroken());
    counter(
        "sightline.camera.stalls",
        "Times that it was opened again",
        camera,
        id,
        state -> state.source().reconnects());
  }

  private @Nullable CameraState state(CameraId id) {
    return now.cameras().stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  private void counter(
      String name, String description, ToDoubleFunction<PipelineCounters.Snapshot> value) {
    FunctionCounter.builder(name, this, page -> value.applyAsDouble(page.now.counters()))
        .description(description)
        .register(registry);
  }

  private void counter(
      String name,
      String description,
      Tags tags,
      CameraId camera,
      ToDoubleFunction<CameraState> value) {
    FunctionCounter.builder(
            name,
            this,
            page -> {
              CameraState state = page.state(camera);
              return state == null ? 0 : value.applyAsDouble(state);
            })
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private static double left(AgentReading now) {
    AgentStatus.RunningProcess process = now.status().process();
    Instant then =
        Instant.parse(process.deviceTime() == null ? process.at() : process.deviceTime());
    Duration left =
        Duration.between(then.plus(now.age()), Instant.parse(now.status().deployment().ends()));
    return Math.max(0, seconds(left));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static double orUnknown(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private static double yes(boolean is) {
    return is ? 1 : 0;
  }
}
