-- A problem that somebody must hear of. The key of the problem is why nobody hears of it twice.
CREATE TABLE alert (
  id        BIGINT       NOT NULL AUTO_INCREMENT,
  problem   VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind      VARCHAR(20)  CHARACTER SET ascii NOT NULL,
  title     VARCHAR(300) CHARACTER SET utf8mb4 NOT NULL,
  details   TEXT         CHARACTER SET utf8mb4 NOT NULL,
  link      VARCHAR(500) CHARACTER SET utf8mb4 NOT NULL,
  raised_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY alert_problem (problem)
) ENGINE = InnoDB;

-- Through which channels an alert goes, and how far it has come: WAITING, SENT or GIVEN_UP.
CREATE TABLE alert_delivery (
  alert_id        BIGINT       NOT NULL,
  channel         VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state           VARCHAR(10)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts        INT          NOT NULL,
  next_attempt_at DATETIME(6)  NOT NULL,
  last_error      VARCHAR(500) CHARACTER SET utf8mb4 NULL,
  sent_at         DATETIME(6)  NULL,
  PRIMARY KEY (alert_id, channel),
  KEY alert_delivery_waiting (channel, state, alert_id)
) ENGINE = InnoDB;

-- The messages of the last hour, also those that failed: who answers too late may have got them.
CREATE TABLE alert_attempt (
  id      BIGINT      NOT NULL AUTO_INCREMENT,
  channel VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at      DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY alert_attempt_hour (channel, at)
) ENGINE = InnoDB;
