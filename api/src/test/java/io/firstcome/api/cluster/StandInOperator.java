package io.firstcome.api.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.firstcome.api.ApiServer;
import io.firstcome.api.registration.Declared;
import io.firstcome.api.registration.OperatorClient;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Plays the operator: makes topics and calls the real internal interface of an api. */
final class StandInOperator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandInOperator.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FINALIZER = "firstcome.io/topic";

  private final TestCluster cluster;
  private final OperatorClient api;
  private final Map<String, String> topics = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile boolean asleep;

  StandInOperator(TestCluster cluster, ApiServer api) {
    this.cluster = cluster;
    this.api = new OperatorClient(api);
    this.thread = Thread.ofPlatform().name("stand-in-operator").start(this::run);
  }

  /** Notices nothing until it is woken up. */
  void sleep() {
    asleep = true;
  }

  void wakeUp() {
    asleep = false;
  }

  private void run() {
    try {
      while (!stopped) {
        if (!asleep) {
          tryToReconcile();
        }
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      LOG.debug("Interrupted to stop");
    }
  }

  private void tryToReconcile() throws InterruptedException {
    try {
      reconcile();
    } catch (RuntimeException e) {
      LOG.warn("The stand-in tries again", e);
    }
  }

  private void reconcile() throws InterruptedException {
    var there = new HashSet<String>();
    for (var campaign : cluster.campaigns().list().getItems()) {
      var name = campaign.getMetadata().getName();
      there.add(name);
      if (campaign.getMetadata().getDeletionTimestamp() == null) {
        register(name, campaign);
      } else {
        api.delete(name, cluster.namespace);
        var _ =
            cluster
                .campaigns()
                .withName(name)
                .edit(it -> {
                  it.getMetadata().getFinalizers().remove(FINALIZER);
                  return it;
                });
      }
    }
    seen.removeAll(there);
    for (var gone : seen) {
      api.release(gone, cluster.namespace);
      topics.remove(gone);
    }
    seen.clear();
    seen.addAll(there);
  }

  private void register(String name, GenericKubernetesResource campaign)
      throws InterruptedException {
    Map<String, Object> spec = campaign.get("spec");
    var body = new LinkedHashMap<String, Object>();
    body.put("namespace", cluster.namespace);
    body.put("displayName", spec.get("displayName"));
    body.put("totalStock", spec.get("stock"));
    for (var same : new String[] {"opensAt", "closesAt", "repeatable", "soldOut", "paused"}) {
      body.put(same, spec.get(same));
    }
    body.put("timeZone", campaign.get("spec", "batch", "timeZone"));
    if (spec.containsKey("lane")) {
      body.put("lane", spec.get("lane"));
    } else {
      Number wanted = campaign.get("spec", "topic", "partitions");
      body.put("topic", topic(name, wanted == null ? 1 : wanted.intValue()));
    }
    var answer = api.put(name, JSON.writeValueAsString(body));
    if (answer.status() != 200) {
      LOG.info("{} is not registered: {}", name, answer.body());
    }
  }

  private Map<String, Object> topic(String campaign, int partitions) throws InterruptedException {
    var name = "firstcome.campaign." + campaign;
    var id = topics.get(campaign);
    if (id == null) {
      id = Declared.topic(name, partitions);
      topics.put(campaign, id);
    } else {
      Declared.grow(name, partitions);
    }
    return Map.of("name", name, "id", id, "partitions", partitions);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
