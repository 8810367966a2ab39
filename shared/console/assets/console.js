// What makes pages quicker to use. Each works without it.

const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

// A code that came in the link's fragment, which no server has seen, goes into its form and out of the address.
for (const field of $$("[data-fragment]")) {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code.startsWith(field.dataset.fragment)) continue;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  const whole = field.closest(".field");
  if (whole && field.form.hasAttribute("data-hide-filled")) whole.hidden = true;
  if (field.form.hasAttribute("data-send-filled")) field.form.requestSubmit();
}

// A form that only hands something on.
for (const form of $$("form[data-send]")) form.requestSubmit();

// Times, in the reader's own zone.
const { lang } = document.documentElement;
const locale = navigator.languages.find((wish) => wish.startsWith(lang)) ?? lang;
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const short = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
for (const time of $$("time[datetime]")) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) continue;
  time.title = time.textContent;
  time.textContent = ("day" in time.dataset ? day : short).format(at);
}

// Copying.
for (const button of $$("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      said.textContent = button.dataset.copied;
    } catch {
      said.textContent = button.dataset.failed;
    }
  });
}

// Showing a password.
for (const button of $$("[data-reveal]")) {
  button.hidden = false;
  const field = document.getElementById(button.dataset.reveal);
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
  // A browser that keeps passwords knows them by their type.
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}

// Whether a subdomain is free, while it is typed. The answer to the form decides.
for (const field of $$("[data-check]")) {
  const note = document.getElementById(field.dataset.check);
  let asked = 0;
  let timer;
  const say = (state, text) => { note.dataset.state = state; note.textContent = text; };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const mine = ++asked;
    const key = field.value.trim().toLowerCase();
    if (key.length < 2) return say("", "");
    timer = setTimeout(async () => {
      try {
        const answer = await fetch("/v1/auth/subdomains/" + encodeURIComponent(key), { headers: { accept: "application/json" } });
        const told = await answer.json();
        if (mine !== asked) return;
        if (!answer.ok) return say("taken", note.dataset.malformed);
        say(told.available ? "free" : "taken", told.available ? note.dataset.free : note.dataset[told.reason] ?? note.dataset.taken);
      } catch {
        if (mine === asked) say("", "");
      }
    }, 300);
  });
}

// What is asked before it is done, in a dialog of its own.
for (const details of $$("details.confirm")) {
  const body = details.querySelector(".confirm-body");
  const summary = details.querySelector("summary");
  const dialog = document.createElement("dialog");
  const heading = body.querySelector("h2, h3, p");
  if (heading) {
    heading.id ||= "confirm-" + Math.random().toString(36).slice(2);
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.append(body);
    details.append(dialog);
    details.open = true;
    dialog.showModal();
  });
  dialog.addEventListener("close", () => { details.open = false; details.append(body); dialog.remove(); summary.focus(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  for (const button of $$("[data-cancel]", body)) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.close());
  }
}

// The menu on a phone closes by Escape and by a click beside it.
for (const menu of $$("details.menu")) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
}

// Sending a form twice is never intended.
for (const form of $$("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
}
// A page that comes back from the browser's memory has sent nothing yet.
addEventListener("pageshow", () => {
  for (const form of $$("form[data-sent]")) delete form.dataset.sent;
  for (const button of $$("[aria-disabled]")) button.removeAttribute("aria-disabled");
});
