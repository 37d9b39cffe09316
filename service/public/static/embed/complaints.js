// Mistakes of the website's developer, in the console, each once. Their sentences are in the rest
// of the script; but one, for where that cannot be fetched either.

import { fetchRest } from "./rest.js";

const complaints = new Set();

export function tell(sentence) {
  if (sentence && !complaints.has(sentence)) console.error(`Parley: ${sentence}`);
  complaints.add(sentence);
}

// `address` is that of the comments; "" where it is not known.
export async function complain(address, mistake, ...values) {
  if (!address)
    return tell(
      'the server\'s address is missing or none: write server: "https://comments.example.org"',
    );
  const rest = await fetchRest(address);
  if (rest?.MISTAKES[mistake]) return tell(rest.MISTAKES[mistake](...values));
  const { origin } = new URL(address);
  tell(
    `${address} cannot be read: is Parley running, and does the Content-Security-Policy allow script-src and connect-src ${origin}?`,
  );
}
