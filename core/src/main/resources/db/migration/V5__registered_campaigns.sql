-- Campaigns that stand in a cluster as resources: in which namespace, and whether the resource is gone while the
-- history is kept. Campaigns made without a cluster have no namespace.
ALTER TABLE campaign
  ADD COLUMN namespace VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN released BOOLEAN NOT NULL DEFAULT FALSE,
  ADD KEY campaign_namespace (namespace);
