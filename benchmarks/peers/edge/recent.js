/** An LRU map: it drops the least recently used entries once the total weight is over `most`. */
export class Recent {
  #entries = new Map();
  #weight = 0;

  constructor(most, weigh) {
    this.most = most;
    this.weigh = weigh;
  }
  get(key) {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    // A Map keeps its keys in the order of insertion: removed and inserted again, a key is the last to be dropped.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }
  set(key, value) {
    const old = this.#entries.get(key);
    if (old !== undefined) {
      this.#weight -= this.weigh(old);
      this.#entries.delete(key);
    }
    this.#entries.set(key, value);
    this.#weight += this.weigh(value);
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.most) break;
      this.#weight -= this.weigh(entry);
      this.#entries.delete(oldest);
    }
  }
}
