// A line a language, by its code.
export * as en from "./en.ts"
export * as es from "./es.ts"
