import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { brandsFolder } from "@concierge/brands/brands.ts"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { escapeHtml } from "@concierge/core/onboarding/Name.ts"

/** The brand's picture as SVG: the `icon.svg` of its folder, or else its letter on its colours. */
export const iconOf = ({ id, look, name }: BrandValue): string => {
  const own = join(brandsFolder, id, "icon.svg")
  if (existsSync(own)) return readFileSync(own, "utf8")
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <title>${escapeHtml(name)}</title>
  <defs>
    <linearGradient id="slope" x1="0" y1="0" x2="1" y2="1">
      <stop offset=".3" stop-color="${look.accent}"/>
      <stop offset="1.1" stop-color="${look.accentOnDark}"/>
    </linearGradient>
  </defs>
  <rect width="64" height="64" rx="18" fill="url(#slope)"/>
  <text x="32" y="33" font-family="system-ui, sans-serif" font-size="34" font-weight="700" fill="#fff" text-anchor="middle" dominant-baseline="central">${escapeHtml(look.icon)}</text>
</svg>
`
}
