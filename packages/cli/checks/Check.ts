import type * as Effect from "effect/Effect"

/** What one look says. `mend` is a command to type, or what to do where there is none. */
export type Verdict =
  | { readonly is: "OK"; readonly says: string }
  | { readonly is: "wrong"; readonly says: string; readonly mend: string }
  /** Nothing is wrong yet, or nobody can tell from here. */
  | { readonly is: "note"; readonly says: string; readonly mend?: string }

export const ok = (says: string): Verdict => ({ is: "OK", says })
export const wrong = (says: string, mend: string): Verdict => ({ is: "wrong", says, mend })
export const note = (says: string, mend?: string): Verdict => ({
  is: "note",
  says,
  ...(mend !== undefined && { mend }),
})

export interface Check<R = never> {
  readonly name: string
  readonly look: Effect.Effect<Verdict, never, R>
}
