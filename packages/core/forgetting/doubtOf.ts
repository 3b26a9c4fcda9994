import type { Finish } from "../services/Events.ts"

/** All begins but the last that were never resolved: each may have said something. */
export const doubtOf = (ambiguous = 0): Pick<Finish, "ambiguous"> => (ambiguous > 0 ? { ambiguous } : {})
