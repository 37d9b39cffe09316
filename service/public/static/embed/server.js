// Requests to Parley, and its refusals as sentences.

async function fetchJson(address, { tag, headers, ...options }) {
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
    Object.assign(this, { address, site, page, query, tag });
  }

  post(address, body, headers) {
    const json = { "Content-Type": "application/json", ...headers };
    return fetchJson(address, { tag: this.tag, method: "POST", headers: json, body });
  }

  comments(part) {
    const { address, site, page, query, tag } = this;
    return fetchJson(`${address}?${new URLSearchParams({ site, page, query, ...part })}`, { tag });
  }

  submit({ body, key }) {
    return this.post(this.address, body, { "Idempotency-Key": key });
  }

  report(id, report) {
    return this.post(`${this.address}/${encodeURIComponent(id)}/reports`, JSON.stringify(report));
  }

  erase(id, token) {
    const headers = { "Parley-Author-Token": token };
    const address = `${this.address}/${encodeURIComponent(id)}`;
    return fetchJson(address, { tag: this.tag, method: "DELETE", headers });
  }

  own(id, token) {
    const headers = { "Parley-Author-Token": token };
    const address = `${this.address}/${encodeURIComponent(id)}`;
    return fetchJson(address, { tag: this.tag, headers }).catch((error) => {
      if (error.response?.status !== 404) throw error;
      return { id, status: "unknown" };
    });
  }
}

// `field` is the field that is wrong, if it is one; `detail` a sentence, else the fallback.
export async function problemOf({ response }, fallback) {
  const { detail, field } = (await response?.json().catch(() => null)) ?? {};
  const end = /[.?!\u3002\u0964]$/.test(detail) ? "" : ".";
  const sentence = detail ? detail[0].toUpperCase() + detail.slice(1) + end : fallback;
  return { sentence, field };
}
