import { readFileSync } from "node:fs"
import { type BrandValue, localesOf } from "@concierge/core/brand/Brand.ts"
import { escapeHtml } from "@concierge/core/onboarding/Name.ts"
import { type Distinct, distinct } from "../distinct.ts"
import { names } from "../names.ts"
import type { Scene } from "../Scene.ts"
import { diagram } from "./diagram.ts"
import { section } from "./section.ts"

const file = (name: string): string => readFileSync(new URL(`../page/${name}`, import.meta.url), "utf8")

const style = ["theme", "layout", "diagram", "scenes", "chat"].map((name) => file(`${name}.css`)).join("\n")

/** Media by the key under which the page names them. */
export interface Media {
  readonly videos: ReadonlyMap<string, Uint8Array>
  /** By what they say. */
  readonly greetings: ReadonlyMap<string, Uint8Array>
}

/** One page that needs nothing but itself. */
export const page = (brand: BrandValue, scenes: ReadonlyArray<Distinct>, { greetings, videos }: Media): string => {
  const keys = new Map([...greetings.keys()].map((spoken, index) => [spoken, `greeting-${index}`]))
  const embedded = Object.fromEntries([
    ...[...videos].map(([key, bytes]) => [key, dataUri("video/mp4", bytes)]),
    ...[...greetings].map(([spoken, bytes]) => [keys.get(spoken), dataUri("audio/mpeg", bytes)]),
  ])
  const groups = [...new Set(scenes.map(({ group }) => group))]
  const { look, name } = brand
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; media-src data: blob:; img-src data:">
<title>${escapeHtml(name)}: everything its bot says</title>
<style>:root { --light: ${look.accent}; --dark: ${look.accentOnDark} }
${style}</style>
</head>
<body>
<header>
<span class="mark" aria-hidden="true">${escapeHtml(look.icon)}</span>
<div class="about"><h1>${escapeHtml(name)}</h1><p>@${escapeHtml(brand.bot.username)} · ${counted(brand.flow.steps.length, "step")} · ${counted(localesOf(brand).length, "language")} · ${counted(scenes.length, "message")}</p></div>
<div class="choose">
${switcher("locale", "Language", [...Object.entries(brand.languages).map(([locale, language]) => [locale, language.name] as const), ["*", "all"]])}
${switcher("name", "Name", [...Object.keys(names).map((label) => [label, label] as const), ["*", "side by side"]])}
${switcher("theme", "Theme", [
  ["auto", "auto"],
  ["light", "light"],
  ["dark", "dark"],
])}
</div>
</header>
<div class="columns">
<aside><h2>The flow</h2>${diagram(brand.flow)}
${linksOf(brand)}</aside>
<main>${groups.map((group) => section(brand, group, scenes, keys)).join("\n")}</main>
</div>
<script type="application/json" id="media">${JSON.stringify(embedded)}</script>
<script>${file("page.js")}</script>
</body>
</html>
`
}

export const everybodyOf = (brand: BrandValue) =>
  localesOf(brand).flatMap((locale) => Object.values(names).map((firstName) => ({ locale, firstName })))

export const distinctOf = (brand: BrandValue, scenes: ReadonlyArray<Scene>): ReadonlyArray<Distinct> =>
  distinct(scenes, everybodyOf(brand))

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`

const dataUri = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes).toString("base64")}`

const switcher = (of: string, label: string, options: ReadonlyArray<readonly [value: string, label: string]>): string =>
  `<fieldset><legend>${label}</legend>${options
    .map(
      ([value, text], index) =>
        `<label><input type="radio" name="${of}" value="${escapeHtml(value)}"${index === 0 ? " checked" : ""}><span>${escapeHtml(text)}</span></label>`,
    )
    .join("")}</fieldset>`

const linksOf = ({ bot, links }: BrandValue): string =>
  `<h2>Sample links</h2><ul class="links">${links
    .map(
      ({ hint, payload, title }) =>
        `<li><b>${escapeHtml(title)}</b> ${escapeHtml(hint)}<code>t.me/${escapeHtml(bot.username)}${payload && `?start=${payload}`}</code></li>`,
    )
    .join("")}</ul>`
