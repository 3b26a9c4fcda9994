import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { BadInput } from "../BadInput.ts"

/** A property of one of the stage's resources, as `sst shell` has it in the environment; undefined where there is none. */
export const resource = (name: string, property: string): string | undefined => {
  const text = process.env[`SST_RESOURCE_${name}`]
  const value: unknown = text === undefined ? undefined : JSON.parse(text)
  const found = Predicate.hasProperty(value, property) ? value[property] : undefined
  return Predicate.isString(found) ? found : undefined
}

export const neededResource = (name: string, property: string): Effect.Effect<string, BadInput> => {
  const found = resource(name, property)
  return found === undefined
    ? Effect.fail(
        new BadInput({
          advice: `the stage has no ${name}: deploy it, npx sst deploy --stage ${stageName() ?? "<stage>"}`,
        }),
      )
    : Effect.succeed(found)
}

/** Of the stage whose shell this is. */
export const stageName = (): string | undefined => resource("App", "stage")

/** Where the stage takes updates. Behind an edge the API's own address answers nobody. */
export const webhookUrl = (): string | undefined => {
  const told = resource("Operations", "webhookUrl")
  const api = resource("OriginSecret", "value") === undefined ? resource("Api", "url") : undefined
  return told ?? (api === undefined ? undefined : `${api.replace(/\/+$/, "")}/telegram/webhook`)
}
