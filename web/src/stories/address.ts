import { type Locale, locales } from "../i18n/language.ts";

/** What is looked at, and how: all of it is in the fragment of the address (#button, #dialog/wide?theme=dark). */
export interface Address {
  /** The component, as its file is called: button, data-table. */
  story: string;
  /** A state that is drawn by itself. */
  alone: string | undefined;
  theme: "light" | "dark";
  direction: "ltr" | "rtl";
  language: Locale;
  width: Width;
}

const widths = ["full", "768", "320"] as const;
type Width = (typeof widths)[number];

/** Button → button, DataTable → data-table; also the name of a state, whose spaces become hyphens. */
export function slug(name: string): string {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "-")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .toLowerCase();
}

/** Reads a fragment; what is not understood is left at its default. */
export function readAddress(fragment: string): Address {
  const [path = "", query] = fragment.replace(/^#/, "").split("?");
  const [story = "", alone] = path.split("/");
  const asked = new URLSearchParams(query);
  return {
    story,
    alone,
    theme: asked.get("theme") === "dark" ? "dark" : "light",
    direction: asked.get("dir") === "rtl" ? "rtl" : "ltr",
    language: locales.find((locale) => locale === asked.get("lang")) ?? "en",
    width: widths.find((width) => width === asked.get("width")) ?? "full",
  };
}

/** Writes a fragment; defaults are left out. */
export function writeAddress({ story, alone, theme, direction, language, width }: Address): string {
  const query = new URLSearchParams({
    ...(theme !== "light" && { theme }),
    ...(direction !== "ltr" && { dir: direction }),
    ...(language !== "en" && { lang: language }),
    ...(width !== "full" && { width }),
  }).toString();
  return `#${story}${alone === undefined ? "" : `/${alone}`}${query === "" ? "" : `?${query}`}`;
}
