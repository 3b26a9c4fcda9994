import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { Resource } from "sst/resource"

/**
 * The environment, and by their names the resources that SST linked: decrypted from the file beside the bundle, or in
 * `SST_RESOURCE_…`. SST's module for it needs Node's own modules only.
 */
export const environment: Layer.Layer<never> = ConfigProvider.layer(
  Effect.sync(() => ConfigProvider.fromUnknown({ ...process.env, ...Resource })),
)
