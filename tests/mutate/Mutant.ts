/** One small fault: what stands at a place of a file, and what is put there. */
export interface Mutant {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly start: number
  readonly end: number
  readonly from: string
  readonly to: string
  /** The whole line, and which of its faults this is: names a fault also after lines before it have changed. */
  readonly text: string
  readonly nth: number
}

/** How a mutant is named in reports. */
export const nameOf = ({ file, from, line, to }: Mutant): string =>
  `${file}:${line}: ${from.trim()} → ${to.trim() || "nothing"}`

/** What is remembered of a mutant, and how it stands among those that change nothing. */
export const keyOf = ({ file, from, nth, text, to }: Mutant): string =>
  `${file}: ${text}: ${from.trim()} → ${to.trim() || "nothing"}${nth === 0 ? "" : ` (${nth + 1})`}`
