package io.karat.night;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Stand-in for the API server of Kubernetes: it keeps what it is given, and runs nothing. */
final class KubernetesServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> given = Collections.synchronizedList(new ArrayList<>());

  KubernetesServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/namespaces/shop/", this::answer);
    server.createContext("/apis/networking.k8s.io/v1/namespaces/shop/", this::answer);
    server.start();
  }

  String master() {
    return "k8s://http://127.0.0.1:%d".formatted(server.getAddress().getPort());
  }

  /** The objects of a kind that it was given. */
  Stream<JsonNode> given(String kind) {
    return given.stream().filter(it -> it.path("kind").asText().equals(kind));
  }

  /** The kinds of all objects that it was given, in the order of the alphabet. */
  List<String> kinds() {
    return given.stream().map(it -> it.path("kind").asText()).distinct().sorted().toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean isGiven = body.length > 0 && !exchange.getRequestMethod().equals("DELETE");
    byte[] answer = isGiven ? JSON.writeValueAsBytes(kept(body)) : new byte[0];
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(isGiven ? 201 : 404, isGiven ? answer.length : -1);
    if (isGiven) {
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  /** An object with what the server adds to each. */
  private JsonNode kept(byte[] body) throws IOException {
    JsonNode object = JSON.readTree(body);
    given.add(object.deepCopy());
    ((ObjectNode) object.path("metadata")).put("uid", "1").put("resourceVersion", "1");
    return object;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
