package org.sightline.edge.board;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a page hears of the board, read as it comes. */
final class Events implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SOON_SECONDS = 20;
  private static final Event END = new Event("end", JSON.createObjectNode());

  private final HttpResponse<InputStream> answer;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  record Event(String name, JsonNode data) {}

  Events(HttpResponse<InputStream> answer) {
    this.answer = answer;
    Thread reader = new Thread(this::read, "events");
    reader.setDaemon(true);
    reader.start();
  }

  HttpResponse<InputStream> answer() {
    return answer;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          events.add(new Event(name, JSON.readTree(line.substring("data: ".length()))));
        }
      }
    } catch (IOException e) {
      // Cut off; that is an end too.
    }
    events.add(END);
  }

  /** The next event of a name that is so; those before are passed over. */
  JsonNode next(String name, Predicate<JsonNode> so) throws InterruptedException {
    while (true) {
      Event event = events.poll(SOON_SECONDS, TimeUnit.SECONDS);
      if (event == null || event.equals(END)) {
        throw new AssertionError(
            event == null ? "no such event: " + name : "the stream ended before: " + name);
      }
      if (event.name().equals(name) && so.test(event.data())) {
        return event.data();
      }
    }
  }

  JsonNode next(String name) throws InterruptedException {
    return next(name, any -> true);
  }

  /** Whether the stream comes to its end. */
  boolean ends() throws InterruptedException {
    Event event = events.poll(SOON_SECONDS, TimeUnit.SECONDS);
    while (event != null && !event.equals(END)) {
      event = events.poll(SOON_SECONDS, TimeUnit.SECONDS);
    }
    return END.equals(event);
  }

  @Override
  public void close() throws IOException {
    answer.body().close();
  }
}
