package org.sightline.edge.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.sightline.edge.concurrent.Backoff;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.TlsMaterial;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alerts to a webhook, each until it was taken or has expired: at least once, and under the
 * same id if more often. One that is refused does not hold up the others. What is posted is the
 * CloudEvent that the van published, byte for byte: what is sealed in it stays sealed. Thread-safe.
 */
public final class WebhookSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int OK = 200;
  private static final int REDIRECTION = 300;

  private final Webhook webhook;
  private final WebhookSecret secret;
  private final WebhookQueue queue;
  private final Predicate<UUID> withdrawn;
  private final Clock clock;
  private final HttpClient client;
  private final LineLimit lines = new LineLimit();
  private final Thread thread = Threads.daemon("webhook", this::run);
  private boolean waiting;

  private WebhookSender(
      Webhook webhook,
      WebhookSecret secret,
      HttpClient client,
      WebhookQueue queue,
      Predicate<UUID> withdrawn,
      Clock clock) {
    this.webhook = webhook;
    this.secret = secret;
    this.client = client;
    this.queue = queue;
    this.withdrawn = withdrawn;
    this.clock = clock;
  }

  /**
   * Starts posting what was left, and what comes.
   *
   * @param folder of the queue
   * @param keys that the queue is sealed for
   * @param withdrawn of which alerts the subject was withdrawn: they are not posted any more
   * @throws SightlineException if secret, certificates or folder cannot be used; a webhook that
   *     does not answer is waited for
   */
  public static WebhookSender start(
      Webhook webhook, Path folder, ControlRoomKeys keys, Predicate<UUID> withdrawn, Clock clock)
      throws SightlineException {
    WebhookSecret secret = secret(webhook.secretFile());
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(TlsMaterial.clientContext(webhook.caFile()))
            .connectTimeout(ANSWER)
            .build();
    WebhookSender sender =
        new WebhookSender(webhook, secret, client, WebhookQueue.in(folder, keys), withdrawn, clock);
    sender.thread.start();
    return sender;
  }

  private static WebhookSecret secret(Path file) throws CryptoException {
    byte[] bytes = DocumentFile.readSecret(file);
    try {
      return WebhookSecret.parse(new String(bytes, US_ASCII).lines().findFirst().orElse(""));
    } catch (IllegalArgumentException e) {
      throw new CryptoException(
          "not the secret of a webhook",
          file.toString(),
          "its first line is whsec_ and 24 to 64 bytes in base64");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Has an alert posted, if it is not already known. */
  public void post(UUID alert, byte[] event, Instant expires) {
    queue.add(alert, event, expires);
  }

  /** Does not post an alert that waits, and keeps nothing but its id. */
  public void forget(UUID alert) {
    try {
      queue.done(alert);
    } catch (StoreException e) {
      LOG.error("Alert {} is not taken out of the webhook's queue: {}", alert, e.getMessage());
    }
  }

  private void run() {
    Backoff backoff = new Backoff(SHORTEST_PAUSE, LONGEST_PAUSE, ThreadLocalRandom.current());
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration pause = LOOK;
        try {
          int lost = queue.deleteExpired(clock.instant());
          if (lost > 0) {
            LOG.error("{} alerts expired before the webhook took them: {}", lost, webhook.place());
          }
          WebhookQueue.Waiting next = queue.next().orElse(null);
          if (next != null) {
            if (withdrawn.test(next.id()) || isTaken(next)) {
              queue.done(next.id());
              backoff.reset();
              pause = Duration.ZERO;
            } else {
              pause = backoff.next();
            }
          }
        } catch (StoreException e) {
          warn(e.getMessage());
          pause = backoff.next();
        } catch (RuntimeException e) {
          LOG.error("An alert could not be posted to the webhook", e);
          pause = backoff.next();
        }
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private boolean isTaken(WebhookQueue.Waiting alert) throws InterruptedException, StoreException {
    Instant now = clock.instant();
    HttpRequest request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(ANSWER)
            .header("Content-Type", AlertEvent.MEDIA_TYPE)
            .header("webhook-id", alert.id().toString())
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header(
                "webhook-signature", secret.signature(alert.id().toString(), now, alert.event()))
            .POST(BodyPublishers.ofByteArray(alert.event()))
            .build();
    int status;
    try {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      // What it says is of no use, and may have no end.
      answer.body().close();
      status = answer.statusCode();
    } catch (IOException e) {
      warn(cause(e));
      return false;
    }
    if (status < OK || status >= REDIRECTION) {
      queue.postpone(alert.id());
      warn("it answers with HTTP status " + status);
      return false;
    }
    if (waiting) {
      waiting = false;
      LOG.info("The webhook takes alerts again: {}", webhook.place());
    }
    return true;
  }

  private static String cause(IOException e) {
    if (e instanceof SSLException) {
      return "no secure connection: its certificate is not trusted here (set webhook.caFile)";
    }
    if (e instanceof HttpTimeoutException) {
      return "it does not answer within " + ANSWER.toSeconds() + " s";
    }
    return e instanceof ConnectException
        ? "it cannot be reached (check that it is running and the network is up)"
        : "the connection has ended";
  }

  private void warn(String why) {
    waiting = true;
    lines.due("Alerts wait for the webhook " + webhook.place() + ": " + why).ifPresent(LOG::warn);
  }

  @Override
  public void close() throws StoreException {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.close();
  }
}
