const BRAND = "livery-brand";

/** Replaces the brand sheet by a new one; the old one stays until the new one has loaded, so that the page does not flash. */
export async function swapStylesheet(href: string): Promise<void> {
  const old = document.getElementById(BRAND) as HTMLLinkElement | null;
  if (old && new URL(old.href).pathname === href) return;
  const next = document.createElement("link");
  next.rel = "stylesheet";
  next.href = href;
  const loaded = new Promise<void>((resolve, reject) => {
    next.onload = () => resolve();
    next.onerror = () => reject(new Error("stylesheet " + href + " did not load"));
  });
  old ? old.after(next) : document.head.append(next);
  try {
    await loaded;
  } catch (error) {
    next.remove();
    throw error;
  }
  old?.remove();
  next.id = BRAND;
}
