// Comments that are not shown yet, and whose place the reader needs.

// The thread of a comment, and what it answers, where they are not here yet.
export async function showAround(thread, id) {
  if (!id || thread.published.has(id)) return;
  const part = await thread.ask({ at: id, limit: 1 }).catch(() => null);
  if (part?.at && thread.isAlive) thread.published.showThreads(part.threads);
}

// By most replies a thread that is answered meanwhile rises above the place where the reader is.
export async function showRisen(thread, { latest, count }) {
  if (latest === thread.first.latest && count === thread.first.count) return;
  let after = null;
  do {
    const part = await thread.ask({ order: "oldest", limit: 50, after });
    thread.published.showThreads(part.threads);
    after = part.next;
  } while (after && thread.isAlive);
}
