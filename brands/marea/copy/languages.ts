// A line a language, by its code.
export * as de from "./de.ts"
export * as en from "./en.ts"
export * as pt from "./pt.ts"
