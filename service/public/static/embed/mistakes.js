// What a website's developer is told of a mistake, in the console: with what would be right.

const KEYS = "keys of texts"; // the server puts them here

function mistakeIn(settings, options, [texts, names, orders]) {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  const wrong = texts.find((name) => !["undefined", "string"].includes(typeof settings[name]));
  if (unknown) return `there is no option "${unknown}": there are ${names.join(", ")}`;
  if (wrong) return `the option "${wrong}" must be a text, not ${typeof settings[wrong]}`;
  if (!settings.site)
    return 'no site is named: write data-site="my-paper" into the script tag; "parley site list" shows the names';
  return `order must be one of ${orders.join(", ")}, and depth 1 to 9`;
}

export const MISTAKES = {
  settings: mistakeIn,
  unknown_site: (site) =>
    `there is no site "${site}": data-site must be one that "parley site list" shows`,
  status: (address, status) =>
    `${address} answered ${status}: "parley doctor" on the server says why`,
  not_sent: (address, site) =>
    `${address} took nothing: is it running, and is ${location.origin} an origin of the site "${site}"? "parley site show ${site}" lists them`,
  texts: (reason) =>
    `texts are given by their keys, as data-texts='{"post": "Send"}'; /languages/en.json of Parley has all (${reason})`,
  unknown_text: (key) => (KEYS.split(" ").includes(key) ? "" : MISTAKES.texts(`not "${key}"`)),
};
