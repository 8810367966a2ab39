export type Listener = (data: unknown, type: string) => void;

/** Listeners by event name; `*` hears every event. */
export class Listeners {
  private byType: Record<string, Listener[]> = {};

  private of(type: string): Listener[] {
    return this.byType[type] || [];
  }

  on(type: string, listener: Listener): void {
    this.byType[type] = [...this.of(type), listener];
  }

  /** Without a listener, forgets every listener of the event. */
  off(type: string, listener?: Listener): void {
    this.byType[type] = listener ? this.of(type).filter((each) => each !== listener) : [];
  }

  clear(): void {
    this.byType = {};
  }

  emit(type: string, data: unknown): void {
    for (const listener of [...this.of(type), ...this.of("*")]) {
      try {
        listener(data, type);
      } catch (error) {
        // Thrown again outside: the page's own error reporting sees it, the other listeners do not.
        setTimeout(() => {
          throw error;
        });
      }
    }
  }
}
