// What the address of the page asks for, and the address of what is asked for.

const PATH = /^\/admin\/campaigns\/([^/]+)\/order\/?$/;

/** { name, other }: the campaign of '/admin/campaigns/{name}/order?with={other}'; other is null without one. */
export function asked({ pathname, search }) {
  const name = decoded(PATH.exec(pathname)?.[1] ?? '');
  const other = new URLSearchParams(search).get('with');
  return { name, other: other && other !== name ? other : null };
}

export function pathOf(name, other) {
  const path = `/admin/campaigns/${encodeURIComponent(name)}/order`;
  return other && other !== name ? `${path}?with=${encodeURIComponent(other)}` : path;
}

// A broken escape is no name of anything; the api then says that there is no such campaign.
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
