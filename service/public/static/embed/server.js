// Requests to Parley, and its refusals as sentences.

async function fetchJson(address, options) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache", ...options });
  if (response.ok) return response.json();
  throw Object.assign(new Error(`Parley: ${response.status}`), { response });
}

function post(address, body, headers) {
  const json = { "Content-Type": "application/json", ...headers };
  return fetchJson(address, { method: "POST", headers: json, body });
}

export class Server {
  constructor(address, { site, page, query }) {
    Object.assign(this, { address, site, page, query });
  }

  comments(part) {
    const { site, page, query } = this;
    return fetchJson(`${this.address}?${new URLSearchParams({ site, page, query, ...part })}`);
  }

  submit({ body, key }) {
    return post(this.address, body, { "Idempotency-Key": key });
  }

  report(id, report) {
    return post(`${this.address}/${encodeURIComponent(id)}/reports`, JSON.stringify(report));
  }

  erase(id, token) {
    const options = { method: "DELETE", headers: { "Parley-Author-Token": token } };
    return fetchJson(`${this.address}/${encodeURIComponent(id)}`, options);
  }

  own(id, token) {
    const headers = { "Parley-Author-Token": token };
    return fetchJson(`${this.address}/${encodeURIComponent(id)}`, { headers }).catch((error) => {
      if (error.response?.status !== 404) throw error;
      return { id, status: "unknown" };
    });
  }
}

// `field` is the field that is wrong, if it is one; `detail` a sentence, else the fallback.
export async function problemOf({ response }, fallback) {
  const { detail, field } = (await response?.json().catch(() => null)) ?? {};
  const sentence = detail ? `${detail[0].toUpperCase()}${detail.slice(1)}.` : fallback;
  return { sentence, field };
}
