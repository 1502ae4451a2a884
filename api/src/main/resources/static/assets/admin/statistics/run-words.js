// What Spring Batch's words for a run mean.

const STATES = {
  STARTING: ['starting', 'info'],
  STARTED: ['running', 'info'],
  STOPPING: ['stopping', 'warn'],
  STOPPED: ['stopped', 'warn'],
  COMPLETED: ['completed', 'good'],
  FAILED: ['failed', 'bad'],
  ABANDONED: ['given up', 'bad'],
  UNKNOWN: ['broken off', 'bad'],
};

const JOBS = {
  'daily-statistics': 'Daily statistics',
  audit: 'Audit',
  'metadata-retention': 'Removal of old runs',
};

/** { word, kind }: kind is a class of a badge. */
export function stateOf({ status }) {
  const [word, kind] = STATES[status] ?? [status.toLowerCase(), ''];
  return { word, kind };
}

export function isAtWork({ status }) {
  return status === 'STARTING' || status === 'STARTED' || status === 'STOPPING';
}

/** Whether it ended otherwise than it should. */
export function isTrouble(run) {
  return !isAtWork(run) && run.status !== 'COMPLETED';
}

export function jobName({ jobName: name }) {
  return JOBS[name] ?? name;
}

/** The counts of all workers together, { read, written, skipped }. */
export function progressOf({ steps }) {
  // A step that only starts workers sums them up at its end; until then it has nothing.
  const workers = steps.filter((step) => step.name.includes(':'));
  const counted = workers.length > 0 ? workers : steps;
  const sum = (key) => counted.reduce((all, step) => all + step[key], 0);
  return { read: sum('readCount'), written: sum('writeCount'), skipped: sum('skipCount') };
}

/** What counts mean depends on the job. */
export function countWords(run, { read, written, skipped }, number) {
  const one = (count, singular, plural) => `${number(count)} ${count === 1 ? singular : plural}`;
  if (run.jobName === 'daily-statistics') {
    return `${one(read, 'campaign', 'campaigns')} looked at, ${one(written, 'day', 'days')} counted${
      skipped > 0 ? `, ${one(skipped, 'campaign', 'campaigns')} failed` : ''}`;
  }
  return `${number(read)} read, ${number(written)} written${skipped > 0 ? `, ${number(skipped)} left out` : ''}`;
}
