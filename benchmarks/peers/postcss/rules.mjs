// What a tenant's CSS may contain: the lists of docs/custom-css.md, as a team with PostCSS would write them.

export const AT_RULES = new Set(["media", "supports", "container", "layer", "starting-style", "font-face", "keyframes", "-webkit-keyframes", "-moz-keyframes", "-o-keyframes"]);

export const SCRIPT_PROPERTIES = new Set(["behavior", "-ms-behavior", "-moz-binding"]);

export const FUNCTIONS = new Set(
  `calc -webkit-calc min max clamp round mod rem sin cos tan asin acos atan pow sqrt hypot log exp abs sign calc-size anchor anchor-size
  rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark
  linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient
  -webkit-linear-gradient -webkit-radial-gradient -moz-linear-gradient -moz-radial-gradient -o-linear-gradient -webkit-gradient from to color-stop type
  matrix matrix3d perspective rotate rotate3d rotatex rotatey rotatez scale scale3d scalex scaley scalez skew skewx skewy
  translate translate3d translatex translatey translatez
  blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
  circle ellipse inset path polygon rect shape xywh ray
  cubic-bezier linear steps frames scroll view fit-content minmax repeat counter counters symbols
  stylistic styleset character-variant swash ornaments annotation format tech local
  selector style scroll-state font-tech font-format not and or layer supports
  is where has nth-child nth-last-child nth-of-type nth-last-of-type lang dir
  image-set -webkit-image-set cross-fade -webkit-cross-fade var env`.split(/\s+/),
);
export const IMAGE_CHOICES = new Set(["image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"]);

export const READABLE_ATTRIBUTES = new Set(
  `class dir lang role type disabled hidden open checked readonly required multiple data-theme data-state data-side data-position
  tabindex contenteditable draggable`.split(/\s+/),
);

export const PSEUDO_CLASSES = new Set(
  `hover active focus focus-visible focus-within enabled disabled read-only read-write placeholder-shown default checked indeterminate blank
  valid invalid in-range out-of-range required optional user-valid user-invalid autofill first-child last-child only-child first-of-type
  last-of-type only-of-type empty root host scope link any-link local-link target target-within fullscreen open closed modal picture-in-picture
  popover-open defined playing paused seeking buffering stalled muted volume-locked current past future
  is where not has nth-child nth-last-child nth-of-type nth-last-of-type lang dir`.split(/\s+/),
);
export const PSEUDO_ELEMENTS = new Set("after before first-line first-letter details-content selection placeholder marker backdrop file-selector-button".split(" "));
/** Written with one colon in old sheets. */
export const OLD_PSEUDO_ELEMENTS = new Set(["after", "before", "first-line", "first-letter"]);

export const MAX = { bytes: 262_144, blockDepth: 8, valueDepth: 6, rules: 4096, declarations: 16_384, selectors: 256, parts: 64, dataUrl: 16_384, zIndex: 9999, faults: 100 };
