// The page's markup gives names: `<img name="body">` is what `document.body` then says, `<a id="Livery">` what `window.Livery`
// says, and a form's inputs hide the form's own methods. So nothing that markup could name is read off these objects directly.

/** An object as the browser defines it: what is read of it comes from its prototype, which markup can't change. */
export function native<T extends object>(object: T): T {
  return new Proxy(object, {
    get(_, name) {
      const value = Reflect.get(Reflect.getPrototypeOf(object)!, name, object);
      return typeof value === "function" ? value.bind(object) : value;
    },
  });
}

export const page = native(document);

/** What a script of the page has set on the window: elements and frames with that name are no properties of its own. */
export function fromScript(name: string): unknown {
  return window.hasOwnProperty(name) && (window as any)[name];
}
