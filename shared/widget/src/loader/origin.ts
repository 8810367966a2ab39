/** The tenant's origin: where this very script came from. */
export function scriptOrigin(): string | undefined {
  const script =
    (document.currentScript as HTMLScriptElement | null) ||
    document.querySelector<HTMLScriptElement>('script[src$="/widget.js"],script[src*="/widget.js?"],script[src*="/w/"][src$=".js"]');
  return script?.src ? new URL(script.src).origin : undefined;
}
