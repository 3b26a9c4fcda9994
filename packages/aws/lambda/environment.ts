import { ConfigError } from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import { Resource } from "sst/resource"

/**
 * The environment, and by their names the resources that SST linked: decrypted from the file beside the bundle, or in
 * `SST_RESOURCE_…`. SST's module for it needs Node's own modules only, and reads again after it failed.
 */
export const environment: Layer.Layer<never, ConfigError> = ConfigProvider.layer(
  Effect.try({
    try: () => ConfigProvider.fromUnknown({ ...process.env, ...Resource }),
    catch: (cause) => new ConfigError(new ConfigProvider.SourceError({ message: problemWith(cause) })),
  }),
)

/** In our own words: what `JSON.parse` says of a text quotes it, and these are secrets. */
const problemWith = (cause: unknown): string => {
  if (cause instanceof SyntaxError) {
    const malformed = Object.keys(process.env).filter((name) => name.startsWith("SST_RESOURCE_") && !isJson(name))
    return `${malformed.join(", ") || "SST's file of links (SST_KEY_FILE)"} is not JSON`
  }
  return Predicate.hasProperty(cause, "syscall") && Predicate.hasProperty(cause, "code")
    ? `SST's file of links (SST_KEY_FILE) cannot be read: ${cause.code}`
    : "SST's file of links (SST_KEY_FILE) is damaged, or of another key than SST_KEY"
}

const isJson = (name: string): boolean => {
  try {
    JSON.parse(process.env[name] || "{}")
    return true
  } catch {
    return false
  }
}
