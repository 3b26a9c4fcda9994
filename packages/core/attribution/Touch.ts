import * as Effect from "effect/Effect"
import type { Action } from "../onboarding/Action.ts"
import type { Attribution } from "../onboarding/User.ts"
import { Links } from "../services/Links.ts"
import type { Iso } from "../Time.ts"
import type { Came } from "./Counted.ts"
import { type Link, stateOf } from "./Link.ts"
import { parse, type StartPayload } from "./StartPayload.ts"

export interface Touch {
  readonly came: Came
  readonly attribution: Attribution
}

/** Asks the store for a link only where the payload has the form of one. Undefined: it says nothing. */
export const touchOf = Effect.fnUntraced(function* ({ at, trigger }: Action) {
  if (trigger._tag !== "Start") return undefined
  const payload = parse(trigger.payload)
  if (payload._tag !== "Link") return touchBy(payload, undefined, at)
  return touchBy(payload, yield* (yield* Links).find(payload.linkId), at)
})

const touchBy = (payload: StartPayload, link: Link | undefined, at: Iso): Touch | undefined => {
  switch (payload._tag) {
    case "None":
      return undefined
    case "Link":
      return link === undefined
        ? { came: "unknown", attribution: { ref_code: payload.code } }
        : byLink(payload, link, stateOf(link, at))
    case "Understood":
      return { came: "unlinked", attribution: payload.attribution }
    case "NotUnderstood": {
      const { code } = payload
      return { came: "not understood", attribution: code === undefined ? {} : { ref_code: code } }
    }
  }
}

/** Written down with the person: a link that is changed later does not change who came by it. */
const byLink = (
  { clickId, linkId }: Extract<StartPayload, { readonly _tag: "Link" }>,
  { ref_code, utm }: Link,
  state: ReturnType<typeof stateOf>,
): Touch => ({
  came: state,
  attribution: {
    linkId,
    ...(ref_code !== undefined && { ref_code }),
    ...(utm !== undefined && { utm }),
    ...(clickId !== undefined && { clickId }),
    ...(state === "good" ? { verified: true } : { linkState: state }),
  },
})

/** Whether somebody who came so is told that their link is over. */
export const isOver = ({ came }: Touch): boolean => came === "expired" || came === "disabled"
