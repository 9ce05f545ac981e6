package org.sightline.edge.web;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request brings; no thread waits for a browser that is slow to send it. */
final class Body {
  /** A name, a password or a word fit in many times over. */
  private static final int LARGEST_BYTES = 8 << 10;

  private static final int MOST_FIELDS = 8;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Body() {}

  /** Hands over the fields of a form; answers by itself if it is none. */
  static void form(Exchange exchange, Consumer<Fields> use) {
    if (isOf("application/x-www-form-urlencoded", exchange)) {
      FormFields.onFields(
          exchange.request(),
          StandardCharsets.UTF_8,
          MOST_FIELDS,
          LARGEST_BYTES,
          read(exchange, use));
    }
  }

  /** Hands over JSON; answers by itself if it is none. */
  static void json(Exchange exchange, Consumer<JsonNode> use) {
    if (isOf("application/json", exchange)) {
      Content.Source.asByteArrayAsync(
          exchange.request(),
          LARGEST_BYTES,
          read(exchange, bytes -> use.accept(JSON.readTree(bytes))));
    }
  }

  private static boolean isOf(String type, Exchange exchange) {
    if (exchange.request().getLength() > LARGEST_BYTES) {
      exchange.empty(HttpStatus.PAYLOAD_TOO_LARGE_413);
      return false;
    }
    @Nullable String given = exchange.request().getHeaders().get(HttpHeader.CONTENT_TYPE);
    boolean right = given != null && (given.equals(type) || given.startsWith(type + ";"));
    if (!right) {
      exchange.empty(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415);
    }
    return right;
  }

  private static <T> Promise.Invocable<T> read(Exchange exchange, Consumer<T> use) {
    return Promise.Invocable.from(
        Invocable.InvocationType.BLOCKING,
        content -> {
          try {
            use.accept(content);
          } catch (JacksonException | IllegalArgumentException e) {
            exchange.empty(HttpStatus.BAD_REQUEST_400);
          } catch (RuntimeException e) {
            exchange.callback().failed(e);
          }
        },
        failure -> exchange.empty(HttpStatus.BAD_REQUEST_400));
  }
}
