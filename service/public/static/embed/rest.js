// What only those need who write, report or erase, and who err: one more file, fetched at the first
// need.

const VERSION = "version of the rest"; // the server puts it here: no older one is taken from a cache
const rests = new Map(); // promises of it, by the address of the comments

// Resolves to null where it cannot be fetched now.
export function fetchRest(address) {
  if (!rests.has(address)) {
    const rest = import(new URL(`../embed-more.js?${VERSION}`, address).href).catch(() => {
      rests.delete(address); // to be tried again
      return null;
    });
    rests.set(address, rest);
  }
  return rests.get(address);
}

export async function loadRest({ server, words }) {
  const rest = await fetchRest(server.address);
  if (rest) words.complete(rest.TEXTS);
  return rest;
}
