import type { Users } from "@concierge/core/services/Users.ts"
import { layer as suite } from "@effect/vitest"
import type * as Layer from "effect/Layer"
import type { Stored } from "./Stored.ts"
import { beginContract } from "./users/begin.ts"
import { commitContract } from "./users/commit.ts"
import { otherContract } from "./users/others.ts"
import { releaseContract } from "./users/release.ts"
import { shapeContract } from "./users/shape.ts"

/** The conditions under which a person may be locked and changed. */
export const usersContract = <E>(name: string, layer: Layer.Layer<Users | Stored, E>) =>
  suite(layer)(`Users: ${name}`, (it) => {
    beginContract(it)
    releaseContract(it)
    commitContract(it)
    otherContract(it)
    shapeContract(it)
  })
