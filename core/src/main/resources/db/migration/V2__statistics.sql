-- A campaign's business days are those of its time zone.
ALTER TABLE campaign ADD COLUMN time_zone VARCHAR(50) CHARACTER SET ascii NOT NULL DEFAULT 'Asia/Seoul' AFTER closes_at;

-- A request belongs to the day on which it was logged. With the outcome in the index a day is counted without its rows.
ALTER TABLE participation
  DROP KEY participation_day,
  ADD KEY participation_day (campaign_id, logged_at, is_repeat, outcome);

-- Counted requests of a campaign on a business day. A day without any has no row.
CREATE TABLE campaign_stats (
  stat_date            DATE   NOT NULL,
  campaign_id          BIGINT NOT NULL,
  success_count        BIGINT NOT NULL,
  already_issued_count BIGINT NOT NULL,
  out_of_stock_count   BIGINT NOT NULL,
  PRIMARY KEY (stat_date, campaign_id),
  KEY campaign_stats_campaign (campaign_id)
) ENGINE = InnoDB;

-- Days with decisions that campaign_stats does not know yet; written in the transaction of the decisions. Whoever
-- aggregates reads the number of changes first and deletes the row only if it is still the same.
CREATE TABLE stats_pending (
  campaign_id BIGINT      NOT NULL,
  stat_date   DATE        NOT NULL,
  changes     BIGINT      NOT NULL,
  since       DATETIME(6) NOT NULL,
  PRIMARY KEY (campaign_id, stat_date),
  KEY stats_pending_day (stat_date)
) ENGINE = InnoDB;

-- The row that whoever aggregates a campaign locks first: an older count never overwrites a newer one.
CREATE TABLE stats_aggregation (
  campaign_id   BIGINT      NOT NULL,
  aggregated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (campaign_id)
) ENGINE = InnoDB;

-- Where in the order of the decisions a stock grew: every participation of the campaign with an id above after_id was
-- decided with the new stock. Without it nobody could replay the log of a campaign that has grown.
CREATE TABLE stock_change (
  id           BIGINT      NOT NULL AUTO_INCREMENT,
  campaign_id  BIGINT      NOT NULL,
  after_id     BIGINT      NOT NULL,
  stock_before BIGINT      NOT NULL,
  stock_after  BIGINT      NOT NULL,
  changed_at   DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY stock_change_campaign (campaign_id, id)
) ENGINE = InnoDB;
