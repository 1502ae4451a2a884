// The campaign of a run, and where it stood before.

import { sleep } from 'k6';
import { admin, adminJson, okJson, refuse, status } from './product.js';
import { CAMPAIGN } from './settings.js';

/** Part of all names of this run: what an earlier one has left cannot be mistaken for ours. */
export function newRunId() {
  return Date.now().toString(36) + Math.floor(Math.random() * 1296).toString(36).padStart(2, '0');
}

/**
 * Makes the campaign of this run, or takes the one that CAMPAIGN names.
 *
 * @param suffix tells several campaigns of one run apart
 */
export function openCampaign(scenario, run, { stock, partitions, suffix = '' }) {
  const name = (CAMPAIGN || `k6-${scenario}-${run}`) + suffix;
  const found = CAMPAIGN ? admin('GET', `/campaigns/${name}`) : null;
  if (found === null || found.status === 404) {
    const made = adminJson('POST', '/campaigns', { name, totalStock: stock, partitions });
    const before = { success: 0, fail: 0, requests: 0, remaining: stock };
    return { ...shown(made), created: true, before };
  }
  const campaign = okJson(found, `the campaign ${name}`);
  if (campaign.state !== 'OPEN' || campaign.repeatable || campaign.soldOut !== 'Record') {
    refuse(`${name} must be open, not repeatable, and record requests when it is sold out`);
  }
  return { ...shown(campaign), created: false, before: counts(campaign.name) };
}

function shown({ name, totalStock, partitions }) {
  return { name, stock: totalStock, partitions };
}

/** Where the campaign stands once all of its log is decided. */
export function counts(name) {
  const now = decided(name);
  if (now === null) {
    refuse(`${name} still has undecided requests after a minute`);
  }
  return {
    success: now.successCount,
    fail: now.failCount,
    requests: adminJson('GET', `/campaigns/${name}/audit`).replayed,
    remaining: now.currentStock,
  };
}

/** The campaign's status when its lag is 0; null if that is not so within a minute. */
export function decided(name) {
  const end = Date.now() + 60_000;
  for (;;) {
    // Each process of the product keeps a status for a second: one from before the last request
    // must not pass for the one after it.
    sleep(1.1);
    const now = okJson(status(name), `the status of ${name}`);
    if (now.lag === 0) {
      return now;
    }
    if (Date.now() > end) {
      return null;
    }
  }
}
