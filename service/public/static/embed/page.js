// Which page the comments are under, and what the server is told of it. The server makes one key of
// all spellings of an address.

const NAMING = "naming parameters"; // the server puts their names here
let seen = {}; // the canonical link, and the path under which it was seen first

// `settings` are the attributes data-... of the element and the script, and the options of mount.
export function pageOf(settings) {
  const { page = "", query = "", title } = settings;
  const naming = `${NAMING} ${query}`.toLowerCase().split(/[\s,]+/);
  const address = canonicalAddress() || new URL(location.href);
  const own = new URLSearchParams(page.split("?")[1]);
  const path = address.pathname + queryOf(address.searchParams, naming);
  return {
    page: page || path,
    query: [...own.keys(), query].join(" ").trim(),
    title: title || document.title,
    url: address.origin + path,
  };
}

// Only what names the article leaves the page: the rest may be a reader's address or a secret.
function queryOf(parameters, naming) {
  const kept = [...parameters].filter(([name]) => naming.includes(name.toLowerCase()));
  return kept.length ? `?${new URLSearchParams(kept)}` : "";
}

// rel=canonical, but for one of another site, for the home page that templates repeat, and for one
// that stayed while a script went on to another page.
function canonicalAddress() {
  const link = document.querySelector('link[rel~="canonical"]');
  if (!link) return null; // not by the error below, which took the browser 2 ms
  try {
    const address = new URL(link.href);
    const { pathname } = location;
    if (seen.href !== address.href) seen = { href: address.href, pathname };
    const isHome = address.pathname === "/" && !address.search && pathname !== "/";
    const isOurs = bare(address) === bare(location) && !isHome;
    return isOurs && seen.pathname === pathname ? address : null;
  } catch {
    return null; // it is no address
  }
}

const bare = ({ hostname }) => hostname.replace(/^www\./, "");
