-- Runs on MySQL 8.0 to 9.x and on MariaDB 11.4. All times are UTC with microseconds.

CREATE TABLE topic (
  id         INT          NOT NULL AUTO_INCREMENT,
  name       VARCHAR(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Kafka's own id: a topic that was deleted and made again is another log, and its offsets mean nothing here.
  uuid       VARCHAR(36)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lane       VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  partitions INT          NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY topic_name (name),
  UNIQUE KEY topic_uuid (uuid)
) ENGINE = InnoDB;

CREATE TABLE campaign (
  id           BIGINT       NOT NULL AUTO_INCREMENT,
  name         VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
  kind         VARCHAR(20)  CHARACTER SET ascii NOT NULL,
  total_stock  BIGINT       NOT NULL,
  remaining    BIGINT       NOT NULL,
  failed       BIGINT       NOT NULL DEFAULT 0,
  opens_at     DATETIME(6)  NULL,
  closes_at    DATETIME(6)  NULL,
  repeatable   BOOLEAN      NOT NULL,
  sold_out     VARCHAR(10)  CHARACTER SET ascii NOT NULL,
  mode         VARCHAR(10)  CHARACTER SET ascii NOT NULL,
  topic_id     INT          NOT NULL,
  -- On a lane every request of the campaign goes to this one partition, also after the lane has grown.
  lane_part    INT          NULL,
  created_at   DATETIME(6)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY campaign_name (name),
  KEY campaign_topic (topic_id),
  CONSTRAINT campaign_topic_exists FOREIGN KEY (topic_id) REFERENCES topic (id),
  CONSTRAINT campaign_stock CHECK (total_stock >= 1 AND remaining >= 0 AND remaining <= total_stock)
) ENGINE = InnoDB;

-- One row a request, in the order of the decisions: ids are handed out under the lock of the campaign's row.
CREATE TABLE participation (
  id              BIGINT       NOT NULL AUTO_INCREMENT,
  campaign_id     BIGINT       NOT NULL,
  -- The place in the log; null for a decision that was made without it.
  topic_id        INT          NULL,
  part            INT          NULL,
  log_offset      BIGINT       NULL,
  user_id         VARCHAR(64)  CHARACTER SET utf8mb4 NOT NULL,
  idempotency_key VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Bytes, because text would compare equal over trailing spaces. Null on all but the counted request of a user.
  dedup_key       VARBINARY(321) NULL,
  outcome         ENUM ('SUCCESS', 'ALREADY_ISSUED', 'OUT_OF_STOCK') NOT NULL,
  success_rank    BIGINT       NULL,
  -- The same request sent again: it reports the first one's result and counts nowhere.
  is_repeat       BOOLEAN      NOT NULL,
  logged_at       DATETIME(6)  NOT NULL,
  decided_at      DATETIME(6)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY participation_place (topic_id, part, log_offset),
  UNIQUE KEY participation_once (campaign_id, dedup_key),
  KEY participation_day (campaign_id, decided_at)
) ENGINE = InnoDB;

-- How far each partition has been decided. Written in the same transaction as the decisions; see docs/architecture.md.
CREATE TABLE consumer_offset (
  topic_id     INT         NOT NULL,
  part         INT         NOT NULL,
  next_offset  BIGINT      NOT NULL,
  leader_epoch INT         NULL,
  owner_epoch  BIGINT      NOT NULL,
  owner        VARCHAR(64) CHARACTER SET utf8mb4 NOT NULL,
  PRIMARY KEY (topic_id, part)
) ENGINE = InnoDB;

CREATE TABLE dead_letter (
  id          BIGINT       NOT NULL AUTO_INCREMENT,
  topic_id    INT          NOT NULL,
  part        INT          NOT NULL,
  log_offset  BIGINT       NOT NULL,
  campaign_id BIGINT       NULL,
  record_key  VARBINARY(1024) NULL,
  payload     MEDIUMBLOB   NULL,
  reason      VARCHAR(500) CHARACTER SET utf8mb4 NOT NULL,
  logged_at   DATETIME(6)  NOT NULL,
  found_at    DATETIME(6)  NOT NULL,
  retried_at  DATETIME(6)  NULL,
  retried_as  VARCHAR(80)  CHARACTER SET ascii NULL,
  PRIMARY KEY (id),
  UNIQUE KEY dead_letter_place (topic_id, part, log_offset)
) ENGINE = InnoDB;

-- What was decided in each of the last seconds: a ring, so that it neither grows nor needs sweeping.
CREATE TABLE campaign_rate (
  campaign_id    BIGINT   NOT NULL,
  slot           SMALLINT NOT NULL,
  at_second      BIGINT   NOT NULL,
  decided        BIGINT   NOT NULL,
  latency_micros BIGINT   NOT NULL,
  PRIMARY KEY (campaign_id, slot)
) ENGINE = InnoDB;

-- Who did what to a campaign. Rows outlive the campaign, so there is no foreign key.
CREATE TABLE audit_log (
  id            BIGINT       NOT NULL AUTO_INCREMENT,
  at            DATETIME(6)  NOT NULL,
  actor         VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
  action        VARCHAR(40)  CHARACTER SET ascii NOT NULL,
  campaign_id   BIGINT       NULL,
  campaign_name VARCHAR(40)  CHARACTER SET ascii NULL,
  details       VARCHAR(2000) CHARACTER SET utf8mb4 NOT NULL,
  PRIMARY KEY (id),
  KEY audit_log_campaign (campaign_id, id)
) ENGINE = InnoDB;
