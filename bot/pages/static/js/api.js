// What the page asks of the server. A problem+json answer becomes a Problem; no answer at all becomes Unreachable.

export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export class Unreachable extends Error {}

/** A page of the history; `before` is the oldest message known. */
export async function history(before) {
  const query = before ? `?before=${before}` : "";
  let response;
  try {
    response = await fetch(`/desk/messages${query}`, { headers: { accept: "application/json" } });
  } catch {
    throw new Unreachable();
  }
  if (response.ok) return response.json();
  throw await problem(response.status, () => response.json());
}

/** What the person thinks of a reply: true, false, or null for no more; says whether the server has it. */
export async function think(turn, good) {
  try {
    const response = await fetch(`/desk/turns/${turn}/opinion`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ good }),
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** Post a message; XMLHttpRequest, because fetch can't tell how much of an upload has gone. */
export function post(message, onProgress) {
  const form = new FormData();
  form.set("id", message.key);
  for (const name of ["text", "press", "proposal"]) if (message[name]) form.set(name, message[name]);
  for (const file of message.files ?? []) form.append("files", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/desk/messages");
    request.responseType = "json";
    request.timeout = message.files?.length ? 600_000 : 30_000;
    request.upload.onprogress = (event) => {
      if (message.files?.length && event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = async () => {
      if (request.status === 202) resolve(request.response);
      else reject(await problem(request.status, () => request.response));
    };
    request.onerror = request.ontimeout = () => reject(new Unreachable());
    request.send(form);
  });
}

/** A server that is down or restarting is as good as no connection: what was meant for it is kept. */
async function problem(status, body) {
  if (status >= 500 || status === 0) return new Unreachable();
  const { detail = "" } = (await body()) ?? {};
  return new Problem(status, detail);
}
