const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  chat: ["M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.3 4.6 3.3 6l-.7 3.1c-.1.4.3.7.7.6l3.7-1.6c.6.1 1.3.2 2 .2 5 0 9-3.6 9-8.3s-4-7.7-9-7.7Z"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  send: ["M12 19V5.5", "M5.8 11.2L12 5l6.2 6.2"],
  down: ["M12 5v14", "M6 13l6 6 6-6"],
  notice: ["M12 8v5", "M12 16.4v.1", "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z"],
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName, filled = false): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = {
    viewBox: "0 0 24 24",
    fill: filled ? "currentColor" : "none",
    stroke: filled ? "none" : "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    focusable: "false",
  };
  for (const [attribute, value] of Object.entries(attributes)) svg.setAttribute(attribute, value);
  svg.classList.add("livery-icon");
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
