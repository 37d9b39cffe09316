// Requests to Parley, and its refusals as sentences.

// In milliseconds: sent sooner after its time token came, a comment would wait for a moderator. What
// got no answer is asked again after as long.
const TOKEN_RIPE = 1_300;
const TOKEN_RENEWED = 40_000_000; // milliseconds, half of how long one is good

export async function fetchJson(address, { tag, headers, ...options }) {
  const response = await fetch(address, {
    credentials: "omit",
    cache: "no-cache",
    headers: { "Accept-Language": tag, ...headers },
    ...options,
  });
  if (response.ok) return response.json();
  throw Object.assign(new Error(`Parley: ${response.status}`), { response });
}

export class Server {
  // Its refusals are in the language of `tag`.
  constructor(address, { site, page, query, tag }) {
    Object.assign(this, { address, site, page, query, tag, begun: 0 });
  }

  post(address, body, headers) {
    const json = { "Content-Type": "application/json", ...headers };
    return fetchJson(address, { tag: this.tag, method: "POST", headers: json, body });
  }

  // Asked once more where no answer comes: Firefox ends what a page asks for as soon as a link is
  // followed, and shows that page until the next one is there.
  read(path, part) {
    const { site, page, query, tag } = this;
    const values = Object.entries({ site, page, query, ...part }).filter(([, value]) => value);
    const address = new URL(`${path}?${new URLSearchParams(values)}`, this.address);
    return fetchJson(address, { tag }).catch(async (error) => {
      if (error.response) throw error;
      await new Promise((resolve) => setTimeout(resolve, TOKEN_RIPE));
      return fetchJson(address, { tag });
    });
  }

  // Get the proof of when its reader began to write, good for one comment and a day.
  begin() {
    if (Date.now() - this.begun < TOKEN_RENEWED) return;
    this.begun = Date.now();
    const { site, tag } = this;
    const address = new URL(`time-token?${new URLSearchParams({ site })}`, this.address);
    // The server stamps it when it is asked: on a slow connection that is well after the reader began.
    const asked = fetchJson(address, { tag }).catch(() => ({}));
    this.token = asked.then(
      ({ time_token }) => new Promise((resolve) => setTimeout(resolve, TOKEN_RIPE, time_token)),
    );
  }

  async submit({ body, key }) {
    this.begin();
    const time_token = await this.token;
    this.begun = 0;
    const signed = JSON.stringify({ ...JSON.parse(body), time_token });
    return this.post(this.address, signed, { "Idempotency-Key": key, ...this.proof });
  }
}

// `field` is the field that is wrong, if it is one; `detail` a sentence, else the fallback.
export async function problemOf({ response }, fallback) {
  const { detail, field } = (await response?.json().catch(() => null)) ?? {};
  const end = /[.?!\u3002\u0964]$/.test(detail) ? "" : ".";
  const sentence = detail ? detail[0].toUpperCase() + detail.slice(1) + end : fallback;
  return { sentence, field };
}
