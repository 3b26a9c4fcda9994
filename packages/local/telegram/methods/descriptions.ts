import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Descriptions } from "../Descriptions.ts"
import { badRequest } from "../errors.ts"
import { optional } from "../params.ts"
import { type Method, method } from "./method.ts"

const text = optional(Schema.String)

type Kind = "name" | "description" | "short_description"

/** Sets one kind of description, or takes it away by an empty one. */
const setter = (kind: Kind, most: number, refusal: string): Method =>
  method(
    Schema.Struct({ name: text, description: text, short_description: text, language_code: text }),
    Effect.fnUntraced(function* ({ language_code = "", ...given }) {
      const said = given[kind] ?? ""
      if (said.length > most) return yield* badRequest(refusal)
      const all = yield* Descriptions
      all.set(kind, language_code, said)
      return true
    }),
  )

const getter = (kind: Kind): Method =>
  method(Schema.Struct({ language_code: text }), ({ language_code = "" }) =>
    Effect.map(Descriptions, (all) => ({ [kind]: all.get(kind, language_code) })),
  )

export const setMyDescription = setter("description", 512, "DESCRIPTION_TOO_LONG")
export const getMyDescription = getter("description")
export const setMyShortDescription = setter("short_description", 120, "ABOUT_TOO_LONG")
export const getMyShortDescription = getter("short_description")
export const setMyName = setter("name", 64, "bot name is too long")
export const getMyName = getter("name")
