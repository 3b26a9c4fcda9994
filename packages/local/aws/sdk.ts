import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** Any would do: nothing leaves this machine. */
export const region = "eu-central-1"

/** The one account that fauxqs knows. */
export const account = "000000000000"

/** They open nothing. */
const credentials = { accessKeyId: "local", secretAccessKey: "opens-nothing" }

export const clientOptions = (endpoint: string) => ({ region, endpoint, credentials })

/** What makes clients that are given no options come to these endpoints, each by the SDK's name for its service. */
export const sdkEnvironment = (endpoints: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  ...Object.fromEntries(Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])),
})

/** These variables in this process's environment, until the scope ends. */
export const withEnvironment = (values: Readonly<Record<string, string>>): Effect.Effect<void, never, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(
      Effect.sync(() => {
        const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
        Object.assign(process.env, values)
        return before
      }),
      (before) =>
        Effect.sync(() => {
          for (const [name, value] of before) {
            if (value === undefined) delete process.env[name]
            else process.env[name] = value
          }
        }),
    ),
  )
