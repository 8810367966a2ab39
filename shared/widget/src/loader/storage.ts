/**
 * The page's own storage, under names of the tenant's host. It may be blocked or full: the widget works without, as a new
 * visitor on each page. The embed's storage would not do: browsers that block third-party cookies deny it altogether.
 */
export class Storage {
  constructor(private readonly host: string) {}

  name(kind: string): string {
    return "livery:" + this.host + kind;
  }

  read(kind: string): string | undefined {
    try {
      return localStorage.getItem(this.name(kind)) || undefined;
    } catch {
      return undefined;
    }
  }

  /** Without a value, forgets. */
  write(kind: string, value?: string): void {
    try {
      value ? localStorage.setItem(this.name(kind), value) : localStorage.removeItem(this.name(kind));
    } catch {}
  }
}
