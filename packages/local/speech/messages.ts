/** To the speech worker. */
export interface Request {
  readonly id: number
  /** Name of an espeak voice, e.g. `en-us`. */
  readonly voice: string
  readonly text: string
}

/** From it, one for each request. */
export type Reply = { readonly id: number; readonly mp3: Uint8Array } | { readonly id: number; readonly error: unknown }
