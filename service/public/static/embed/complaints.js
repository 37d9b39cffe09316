// Mistakes of the website's developer, in the console: each once, with what would be right.

const complaints = new Set();

export function complain(sentence) {
  if (!complaints.has(sentence)) console.error(`Parley: ${sentence}`);
  complaints.add(sentence);
}
