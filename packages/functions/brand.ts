/** The one brand of a bundle: the build puts the stage's in the place of this module. */
export { brand } from "@concierge/brands/concierge/brand.ts"
