package org.sightline.edge.board.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request and the answer to it, which is given once. */
record Answer(Request request, Response response, Callback callback) {
  private static final JsonMapper JSON = new JsonMapper();

  void empty(int status) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    callback.succeeded();
  }

  /** Of a path that is there, but not for this method. */
  void wrongMethod(String allowed) {
    response.getHeaders().put(HttpHeader.ALLOW, allowed);
    empty(HttpStatus.METHOD_NOT_ALLOWED_405);
  }

  /** The answer to a form, or to a navigation that leads elsewhere. */
  void seeOther(String location) {
    response.getHeaders().put(HttpHeader.LOCATION, location);
    empty(HttpStatus.SEE_OTHER_303);
  }

  void json(int status, JsonNode content) {
    response.setStatus(status);
    content("application/json", JSON.writeValueAsBytes(content));
  }

  /** Says in a word why not. */
  void error(int status, String word) {
    json(status, JSON.createObjectNode().put("error", word));
  }

  void content(String type, byte[] bytes) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
