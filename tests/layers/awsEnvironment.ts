import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { sdkEnvironment, withEnvironment } from "../../packages/local/aws/sdk.ts"

/** What the SDK reads: region, credentials that open nothing, and any endpoints. As it was before, when the scope ends. */
export const awsEnvironment = (
  endpoints: Readonly<Record<string, string>> = {},
): Effect.Effect<void, never, Scope.Scope> => withEnvironment(sdkEnvironment(endpoints))
