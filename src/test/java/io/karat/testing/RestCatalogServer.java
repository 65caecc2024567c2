package io.karat.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.CreateViewRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.PropertyAccessor;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.PropertyNamingStrategies;

/**
 * Server of a catalog by Iceberg's REST protocol: Iceberg's own handlers answer, before another.
 */
public final class RestCatalogServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it serves; clients ask for nothing else. */
  private static final List<Endpoint> OF_TABLES =
      List.of(
          Endpoint.V1_LIST_NAMESPACES,
          Endpoint.V1_LOAD_NAMESPACE,
          Endpoint.V1_CREATE_NAMESPACE,
          Endpoint.V1_LIST_TABLES,
          Endpoint.V1_LOAD_TABLE,
          Endpoint.V1_CREATE_TABLE,
          Endpoint.V1_UPDATE_TABLE,
          Endpoint.V1_DELETE_TABLE);

  private static final List<Endpoint> OF_VIEWS =
      List.of(
          Endpoint.V1_LIST_VIEWS,
          Endpoint.V1_LOAD_VIEW,
          Endpoint.V1_CREATE_VIEW,
          Endpoint.V1_UPDATE_VIEW,
          Endpoint.V1_DELETE_VIEW);

  static {
    JSON.setVisibility(PropertyAccessor.FIELD, Visibility.ANY);
    JSON.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    JSON.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
    RESTSerializers.registerAll(JSON);
  }

  private final Catalog catalog;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /**
   * Starts a server.
   *
   * @param settings those of the catalog behind it
   */
  public RestCatalogServer(Map<String, String> settings) throws IOException {
    catalog = CatalogUtil.buildIcebergCatalog("rest", settings, new Configuration());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/", this::answer);
    server.start();
  }

  public String uri() {
    return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getRawPath().substring("/v1/".length()).split("/");
      byte[] body = exchange.getRequestBody().readAllBytes();
      try {
        Optional<RESTResponse> answer = answer(exchange.getRequestMethod(), path, body);
        send(exchange, answer.isPresent() ? 200 : 204, answer);
      } catch (NoSuchNamespaceException | NoSuchTableException | NoSuchViewException missing) {
        send(exchange, 404, Optional.of(refusal(404, missing)));
      } catch (AlreadyExistsException | CommitFailedException conflict) {
        send(exchange, 409, Optional.of(refusal(409, conflict)));
      }
    }
  }

  private static RESTResponse refusal(int code, RuntimeException failure) {
    return ErrorResponse.builder()
        .responseCode(code)
        .withType(failure.getClass().getSimpleName())
        .withMessage(failure.getMessage())
        .build();
  }

  private static void send(HttpExchange exchange, int code, Optional<RESTResponse> answer)
      throws IOException {
    byte[] body = answer.isPresent() ? JSON.writeValueAsBytes(answer.orElseThrow()) : new byte[0];
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private List<Endpoint> endpoints() {
    return catalog instanceof ViewCatalog
        ? Stream.of(OF_TABLES, OF_VIEWS).flatMap(List::stream).toList()
        : OF_TABLES;
  }

  private SupportsNamespaces namespaces() {
    return (SupportsNamespaces) catalog;
  }

  private ViewCatalog views() {
    return (ViewCatalog) catalog;
  }

  private Optional<RESTResponse> answer(String method, String[] path, byte[] body)
      throws IOException {
    if (path[0].equals("config")) {
      return Optional.of(ConfigResponse.builder().withEndpoints(endpoints()).build());
    }
    Namespace namespace = path.length > 1 ? namespace(path[1]) : Namespace.empty();
    return switch (path.length) {
      case 1 ->
          Optional.of(
              method.equals("GET")
                  ? CatalogHandlers.listNamespaces(namespaces(), namespace)
                  : CatalogHandlers.createNamespace(
                      namespaces(), JSON.readValue(body, CreateNamespaceRequest.class)));
      case 2 -> Optional.of(CatalogHandlers.loadNamespace(namespaces(), namespace));
      case 3 -> Optional.of(listed(method, path[2].equals("views"), namespace, body));
      default ->
          one(
              method,
              path[2].equals("views"),
              TableIdentifier.of(namespace, decoded(path[3])),
              body);
    };
  }

  private RESTResponse listed(String method, boolean isOfViews, Namespace namespace, byte[] body)
      throws IOException {
    if (method.equals("GET")) {
      return isOfViews
          ? CatalogHandlers.listViews(views(), namespace)
          : CatalogHandlers.listTables(catalog, namespace);
    }
    if (isOfViews) {
      return CatalogHandlers.createView(
          views(), namespace, JSON.readValue(body, CreateViewRequest.class));
    }
    CreateTableRequest table = JSON.readValue(body, CreateTableRequest.class);
    return table.stageCreate()
        ? CatalogHandlers.stageTableCreate(catalog, namespace, table)
        : CatalogHandlers.createTable(catalog, namespace, table);
  }

  private Optional<RESTResponse> one(
      String method, boolean isView, TableIdentifier name, byte[] body) throws IOException {
    return switch (method) {
      case "GET" ->
          Optional.of(
              isView
                  ? CatalogHandlers.loadView(views(), name)
                  : CatalogHandlers.loadTable(catalog, name, SnapshotMode.ALL));
      case "POST" -> {
        UpdateTableRequest update = JSON.readValue(body, UpdateTableRequest.class);
        yield Optional.of(
            isView
                ? CatalogHandlers.updateView(views(), name, update)
                : CatalogHandlers.updateTable(catalog, name, update));
      }
      default -> {
        if (isView) {
          CatalogHandlers.dropView(views(), name);
        } else {
          CatalogHandlers.dropTable(catalog, name);
        }
        yield Optional.empty();
      }
    };
  }

  private static Namespace namespace(String segment) {
    return Namespace.of(decoded(segment).split("\u001f"));
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment, UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
