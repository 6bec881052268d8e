// Operations on their way to the server: kept in the session's storage until acknowledged, sent again after any fault.
const POLL_MS = 1000;
const POLL_HIDDEN_MS = 5000;
const LONGEST_PAUSE_MS = 5000;

export class OperationLog {
  constructor(address, key, listener) {
    this.address = address;
    this.key = `raumwerk-operations-${key}`;
    this.listener = listener;
    this.pending = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
    this.client = sessionStorage.getItem("raumwerk-client") ?? newUuid();
    sessionStorage.setItem("raumwerk-client", this.client);
    this.sending = false;
    this.failures = 0;
    this.stopped = false;
  }

  start() {
    this.stopped = false;
    this.send();
    this.poll();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.pollTimer);
  }

  add(kind, payload, base) {
    const operation = { uuid: newUuid(), kind, payload, base };
    this.pending.push(operation);
    this.keep();
    this.listener.onPending(this.pending);
    this.send();
    return operation;
  }

  keep() {
    if (this.pending.length) sessionStorage.setItem(this.key, JSON.stringify(this.pending));
    else sessionStorage.removeItem(this.key);
  }

  async send() {
    if (this.sending || this.stopped || !this.pending.length) return;
    this.sending = true;
    const { author, revision } = this.listener.who();
    const message = { author, client: this.client, since: revision, operations: this.pending.slice(0, 200) };
    try {
      const news = await this.ask("operations", { method: "POST", body: JSON.stringify(message) });
      const answered = new Map(news.answers.map((answer) => [answer.uuid, answer]));
      this.pending = this.pending.filter((operation) => !answered.has(operation.uuid));
      this.keep();
      this.failures = 0;
      this.listener.onNews(news, [...answered.values()]);
    } catch (error) {
      this.failed(error);
    } finally {
      this.sending = false;
    }
    if (this.failures) setTimeout(() => this.send(), this.pause());
    else this.send();
  }

  async poll() {
    clearTimeout(this.pollTimer);
    if (this.stopped) return;
    try {
      const { author, revision } = this.listener.who();
      if (!this.sending) {
        const news = await this.ask(`news?since=${revision}&author=${encodeURIComponent(author)}`);
        if (!this.sending) {
          const back = this.failures > 0 && !this.pending.length;
          if (back) this.failures = 0;
          this.listener.onNews(news, []);
        }
      }
    } catch (error) {
      this.failed(error);
    }
    this.pollTimer = setTimeout(() => this.poll(), document.hidden ? POLL_HIDDEN_MS : Math.max(POLL_MS, this.pause()));
  }

  pause() {
    return this.failures ? Math.min(LONGEST_PAUSE_MS, 250 * 2 ** this.failures) : 0;
  }

  failed(error) {
    this.failures += 1;
    // An operation the server cannot read must not hold up those behind it.
    if (error.problem === "message" && this.pending.length === 1) {
      this.pending = [];
      this.keep();
    }
    this.listener.onFault(error.sentence ?? "", this.pending.length);
  }

  async ask(path, options = {}) {
    const headers = options.body ? { "Content-Type": "application/json" } : {};
    const signal = AbortSignal.timeout(10000);
    const answer = await fetch(`${this.address}/${path}`, { headers, signal, ...options });
    const content = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(content.problem), content);
    return content;
  }
}

// crypto.randomUUID exists only on localhost and https; an intranet may have neither.
export function newUuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20, 32].map((end, i) => hex.slice([0, 8, 12, 16, 20][i], end)).join("-");
}
