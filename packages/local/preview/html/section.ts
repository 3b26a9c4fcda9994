import { type BrandValue, localesOf } from "@concierge/core/brand/Brand.ts"
import { escapeHtml } from "@concierge/core/onboarding/Name.ts"
import type { Distinct } from "../distinct.ts"
import { names } from "../names.ts"
import { bubble } from "./bubble.ts"

/** One group of scenes, each in every language and for every name; `keys` are those of the greetings, by what they say. */
export const section = (
  brand: BrandValue,
  group: string,
  scenes: ReadonlyArray<Distinct>,
  keys: ReadonlyMap<string, string>,
): string =>
  `<section><h2>${escapeHtml(group)}</h2><div class="scenes">${scenes
    .filter((scene) => scene.group === group)
    .map((scene) => article(brand, scene, keys))
    .join("\n")}</div></section>`

const article = (brand: BrandValue, { shown, title, when }: Distinct, keys: ReadonlyMap<string, string>): string => {
  const step = brand.flow.byId.get(title)
  return `<article><h3>${escapeHtml(title)}${step === undefined ? "" : `<small>${step.kind}</small>`}</h3>${
    when.length === 0 ? "" : `<p class="when">${when.map((text) => `<span>${escapeHtml(text)}</span>`).join("")}</p>`
  }${localesOf(brand)
    .flatMap((locale) => {
      const views = Object.entries(names).map(
        ([label, firstName]) => [label, bubble(shown({ locale, firstName }), (spoken) => keys.get(spoken))] as const,
      )
      const alike = new Set(views.map(([, view]) => view)).size === 1
      return (alike ? views.slice(0, 1) : views).map(([label, view]) => variant(locale, alike ? "*" : label, view))
    })
    .join("")}</article>`
}

const variant = (locale: string, label: string, view: string): string =>
  `<div class="variant" lang="${escapeHtml(locale)}" data-locale="${escapeHtml(locale)}" data-name="${escapeHtml(label)}" hidden><span class="whom">${escapeHtml(
    label === "*" ? locale : `${locale} · ${label}`,
  )}</span>${view}</div>`
