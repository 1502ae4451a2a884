package io.firstcome.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * A real Kubernetes API server with its etcd, two processes on loopback with data in a temporary
 * folder. Nothing else of Kubernetes runs: no controllers, so a Deployment gets no pods and what an
 * owner leaves behind stays. One for all tests of a JVM, started when it is first asked for and
 * stopped when the JVM ends; each test class takes a namespace of its own.
 *
 * <p>The environment variable {@code FIRSTCOME_KUBE_BIN} names the folder with the programs {@code
 * etcd} and {@code kube-apiserver}. Without it asking fails: nothing is skipped quietly.
 */
public final class KubeApiServer {
  private static final String PROGRAMS = "FIRSTCOME_KUBE_BIN";
  private static final Duration START_MAX = Duration.ofSeconds(90);

  private final Path folder;
  private final Path programs;
  private final String token = UUID.randomUUID().toString();
  private final List<Process> processes = new ArrayList<>();
  private final int port = unusedPort();

  private KubeApiServer(Path programs) {
    this.programs = programs;
    try {
      this.folder = Files.createTempDirectory("firstcome-kube-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The API server of this JVM. */
  public static KubeApiServer get() {
    return Started.SERVER;
  }

  /** As in {@code https://127.0.0.1:40001}. */
  public String address() {
    return "https://127.0.0.1:" + port;
  }

  /** The bearer token of an account that may do everything. */
  public String token() {
    return token;
  }

  /** The file with the certificate that the server shows. */
  public Path certificate() {
    return folder.resolve("pki").resolve("apiserver.crt");
  }

  /** A file for {@code KUBECONFIG}. */
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  private static KubeApiServer start() {
    var programs = System.getenv(PROGRAMS);
    if (programs == null) {
      throw new IllegalStateException(
          PROGRAMS + " must name the folder with the programs etcd and kube-apiserver");
    }
    var server = new KubeApiServer(Path.of(programs));
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-kube-apiserver"));
    try {
      server.startProcesses();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return server;
  }

  private void startProcesses() throws IOException {
    int etcd = unusedPort();
    var peers = "http://127.0.0.1:" + unusedPort();
    var clients = "http://127.0.0.1:" + etcd;
    run(
        "etcd",
        "--data-dir=" + folder.resolve("etcd"),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers);
    Files.writeString(
        folder.resolve("tokens.csv"), token + ",admin,admin,\"system:masters\"" + "\n");
    writeServiceAccountKey();
    run(
        "kube-apiserver",
        "--etcd-servers=" + clients,
        "--cert-dir=" + folder.resolve("pki"),
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + folder.resolve("sa.key"),
        "--service-account-signing-key-file=" + folder.resolve("sa.key"),
        "--service-cluster-ip-range=10.0.0.0/24",
        // Nothing comes and makes the account that pods run as.
        "--disable-admission-plugins=ServiceAccount",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + port);
    awaitReady();
    Files.writeString(
        kubeconfig(),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
        users: [{name: test, user: {token: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        current-context: test
        """
            .formatted(address(), certificate(), token));
  }

  private void run(String program, String... options) throws IOException {
    var command = new ArrayList<String>();
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(options));
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(program + ".log").toFile())
            .start();
    processes.add(process);
  }

  private void writeServiceAccountKey() throws IOException {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var key = generator.generateKeyPair().getPrivate().getEncoded();
      var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      Files.writeString(
          folder.resolve("sa.key"),
          "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ready means: it has written its own roles too, before which nobody may do anything. */
  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (!isReady()) {
      for (var process : processes) {
        if (!process.isAlive()) {
          throw new IllegalStateException("The API server did not start:\n" + lastLines());
        }
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("The API server does not become ready:\n" + lastLines());
      }
    }
  }

  private boolean isReady() throws IOException {
    var certificate = certificate().toString();
    // The platform's own client would need a trust store of its own to be made for one question.
    var curl =
        new ProcessBuilder(
                "curl",
                "-fsS",
                "--retry",
                "0",
                "--max-time",
                "5",
                "--cacert",
                certificate,
                "-H",
                "Authorization: Bearer " + token,
                address() + "/readyz")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      boolean ready = curl.waitFor() == 0;
      if (!ready) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      return ready;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String lastLines() throws IOException {
    var text = new StringBuilder();
    for (var program : List.of("etcd", "kube-apiserver")) {
      var log = folder.resolve(program + ".log");
      if (Files.exists(log)) {
        var lines = Files.readAllLines(log);
        lines
            .subList(Math.max(0, lines.size() - 10), lines.size())
            .forEach(line -> text.append(program).append(": ").append(line).append('\n'));
      }
    }
    return text.toString();
  }

  private void stop() {
    // The last one first: an API server without its etcd would only complain. Its data are thrown
    // away, so nothing is lost by not letting it finish.
    processes.reversed().forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    FileUtils.deleteQuietly(folder.toFile());
  }

  private static int unusedPort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it when it is first used, once. */
  private static final class Started {
    static final KubeApiServer SERVER = start();
  }
}
