// Requests about a comment that its author alone may make, with the key to it.

import { fetchJson } from "./server.js";

// Resolves to what the comment is then; `path` goes on behind its id.
export function askAsAuthor({ address, tag }, [id, token, path = ""], method, fields) {
  return fetchJson(`${address}/${encodeURIComponent(id)}${path}`, {
    tag,
    method,
    headers: { "Content-Type": "application/json", "Parley-Author-Token": token },
    body: fields && JSON.stringify(fields),
  });
}

// One that is gone is "unknown".
export function fetchOwn(server, id, token) {
  return askAsAuthor(server, [id, token]).catch((error) => {
    if (error.response?.status !== 404) throw error;
    return { id, status: "unknown" };
  });
}
