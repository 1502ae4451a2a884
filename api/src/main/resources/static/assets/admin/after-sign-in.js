const START = '/admin';

/**
 * Where to go after the sign-in: a path of the administrator's pages on this server, whatever the
 * address asked for. Everything else becomes the start page.
 */
export function pathAfterSignIn(wanted, origin) {
  if (!wanted?.startsWith(START)) {
    return START;
  }
  let url;
  try {
    // Resolved as a browser would, so that "/admin/../" and backslashes get nowhere else.
    url = new URL(wanted, origin);
  } catch {
    return START;
  }
  const inside = url.pathname === START || url.pathname.startsWith(`${START}/`);
  return url.origin === origin && inside ? url.pathname + url.search + url.hash : START;
}
