import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Link } from "../attribution/Link.ts"
import type { SettingsError } from "./Settings.ts"

export class Links extends Context.Service<
  Links,
  {
    /**
     * For the worker: what is known stays known for up to a minute, and so does that there is none. A link that does not
     * decode is none: it stops nobody's onboarding.
     */
    find(linkId: string): Effect.Effect<Link | undefined, SettingsError>
    /** As it is stored now. */
    get(linkId: string): Effect.Effect<Link | undefined, SettingsError>
    put(linkId: string, link: Link): Effect.Effect<void, SettingsError>
  }
>()("@concierge/core/services/Links") {}
