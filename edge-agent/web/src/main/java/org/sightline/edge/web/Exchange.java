package org.sightline.edge.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request and its response, which is given once. For one thread. */
public final class Exchange {
  private static final JsonMapper JSON = new JsonMapper();

  private final Request request;
  private final Response response;
  private final Callback callback;

  Exchange(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  Request request() {
    return request;
  }

  Response response() {
    return response;
  }

  Callback callback() {
    return callback;
  }

  /** The first header of that name. */
  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /**
   * Hands over what the request brings, JSON; responds by itself if it is none. No thread waits for
   * a browser that is slow to send it.
   *
   * @param use responds; an {@link IllegalArgumentException} of it is a bad request
   */
  public void readJson(Consumer<JsonNode> use) {
    Body.json(this, use);
  }

  /**
   * Responds with a status and nothing else. By a last write: where another thread than the
   * server's own completes a response of which nothing was written, Jetty now and then completes it
   * twice (jetty.project 14745), and the browser waits in vain.
   */
  public void empty(int status) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }

  /** Responds with 404. */
  public void notFound() {
    empty(HttpStatus.NOT_FOUND_404);
  }

  /** Of a path that is there, but not for this method. */
  void wrongMethod(String allowed) {
    response.getHeaders().put(HttpHeader.ALLOW, allowed);
    empty(HttpStatus.METHOD_NOT_ALLOWED_405);
  }

  /** The response to a form, or to a navigation that leads elsewhere. */
  void seeOther(String location) {
    response.getHeaders().put(HttpHeader.LOCATION, location);
    empty(HttpStatus.SEE_OTHER_303);
  }

  /** Responds with JSON. */
  public void json(int status, JsonNode content) {
    response.setStatus(status);
    content("application/json", JSON.writeValueAsBytes(content));
  }

  /** Says in a word why not. */
  public void error(int status, String word) {
    json(status, JSON.createObjectNode().put("error", word));
  }

  /**
   * Responds with a file that is written as it is read: it need not fit into memory. The thread
   * waits for the browser; if it fails midway, the connection is cut and the browser knows. If it
   * fails before the browser has had any of it, another response can be given.
   *
   * @param name of the file
   */
  public <E extends Exception> void download(String type, String name, Writing<E> writing)
      throws E, IOException {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response));
    boolean whole = false;
    try {
      writing.to(out);
      out.close(); // Only of one that is whole: what is closed has come to its end.
      whole = true;
    } finally {
      if (!whole && !isCommitted()) {
        response.getHeaders().remove(HttpHeader.CONTENT_DISPOSITION);
        response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
      }
    }
    callback.succeeded();
  }

  /** What writes a file. */
  @FunctionalInterface
  public interface Writing<E extends Exception> {
    void to(OutputStream out) throws E, IOException;
  }

  /** Responds with bytes of a media type. */
  public void content(String type, byte[] bytes) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  /** Whether the browser has had some of the response, which cannot become another one then. */
  public boolean isCommitted() {
    return response.isCommitted();
  }
}
