// Calls of the api. Every failure is a Problem with a code, also when nobody answers.

const SIGN_IN = '/sign-in';

export class Problem extends Error {
  /** status 0 and code OFFLINE: no answer, and nobody knows whether the call arrived. */
  constructor(status, code, detail, body = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.body = body;
  }

  get isOffline() {
    return this.status === 0;
  }
}

export async function get(path, options) {
  return call('GET', path, options);
}

export async function post(path, body, options) {
  return call('POST', path, { ...options, body });
}

export async function patch(path, body, options) {
  return call('PATCH', path, { ...options, body });
}

/** With the headers of the answer: { body, headers, status }. */
export async function getWithHeaders(path, options) {
  return answer('GET', path, options);
}

async function call(method, path, options) {
  return (await answer(method, path, options)).body;
}

async function answer(method, path, { body, headers = {}, timeout = 15_000 } = {}) {
  const response = await send(method, path, body, headers, timeout);
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
  const found = isJson ? await read(response) : {};
  if (response.ok) {
    return { body: found, headers: response.headers, status: response.status };
  }
  if (response.status === 401 && path.startsWith('/api/admin/')) {
    const here = location.pathname + location.search;
    location.assign(`${SIGN_IN}?next=${encodeURIComponent(here)}`);
  }
  throw new Problem(
    response.status,
    found.code ?? `HTTP_${response.status}`,
    found.detail ?? found.title ?? `The server answered ${response.status}.`,
    { ...found, retryAfter: Number(response.headers.get('Retry-After')) || null },
  );
}

async function send(method, path, body, headers, timeout) {
  const all = { Accept: 'application/json, application/problem+json', ...headers };
  if (body !== undefined) {
    all['Content-Type'] = 'application/json';
  }
  if (method !== 'GET') {
    const token = csrfToken();
    if (token) {
      all['X-XSRF-TOKEN'] = token;
    }
  }
  try {
    return await fetch(path, {
      method,
      headers: all,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeout),
    });
  } catch (e) {
    throw new Problem(0, 'OFFLINE', `No answer (${e.name}).`);
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch {
    throw new Problem(0, 'OFFLINE', 'The answer broke off.');
  }
}

/** Only pages behind the sign-in have one. */
export function csrfToken() {
  const found = document.cookie.split('; ').find((cookie) => cookie.startsWith('XSRF-TOKEN='));
  return found ? decodeURIComponent(found.slice('XSRF-TOKEN='.length)) : null;
}
