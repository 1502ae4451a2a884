package io.firstcome.standalone;

/** What a user is told when everything runs. Each line with curl works when it is pasted. */
record ReadyMessage(int port, Secrets secrets) {

  String text() {
    var address = "http://localhost:" + port;
    var forShell =
        new AdminPassword(secrets.adminPassword(), secrets.adminPasswordFile()).forShell();
    return """
    Firstcome is ready: %1$s
    Administrator: %1$s/admin, %2$s, %3$s
    Try it:
      curl -sS -X POST %1$s/api/campaigns/%4$s/participation \
    -H 'Content-Type: application/json' -H 'Prefer: wait=5' -d '{"userId": 1}'
      curl -sS %1$s/api/campaigns/%4$s/status
      curl -sS -u %2$s:%5$s %1$s/api/admin/campaigns\
    """
        .formatted(address, Secrets.ADMIN, password(), SampleCampaign.NAME, forShell);
  }

  private String password() {
    if (secrets.adminPasswordFile() == null) {
      return "password from " + Secrets.PASSWORD_VARIABLE;
    }
    return secrets.isNew()
        ? "password %s (kept in %s)".formatted(secrets.adminPassword(), secrets.adminPasswordFile())
        : "password in %s".formatted(secrets.adminPasswordFile());
  }
}
