package org.sightline.edge.app;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.sightline.edge.app.metrics.AgentReading;
import org.sightline.edge.app.metrics.MetricsPage;
import org.sightline.edge.app.metrics.MetricsServer;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.domain.SightlineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures that the settings ask for. */
final class Figures {
  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

  private Figures() {}

  /** Serves them, if they are asked for; a deployment does without them where that fails. */
  static void serve(AgentSettings settings, Supplier<AgentReading> source, ResourceStack parts) {
    InetSocketAddress address = settings.network().metrics();
    if (address == null) {
      return;
    }
    try {
      parts.add(
          MetricsServer.start(
              address,
              new MetricsPage(
                  settings.cameras().stream().map(CameraSettings::id).toList(), source)));
    } catch (SightlineException e) {
      LOG.error("The deployment goes on without figures: {}", e.getMessage());
    }
  }
}
