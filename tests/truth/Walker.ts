import { brand } from "@concierge/brands/concierge/brand.ts"
import type { Expected, Named, Touched } from "./Expected.ts"
import type { Deed, Placement } from "./Life.ts"

const states = brand.flow.steps.map(({ state }) => state)
const taps = brand.flow.steps.map(({ data }) => data)

const nothing = { link: "", campaign: "", source: "" }

/** Somebody as the generator sees them: where they stand, and what is to be counted of each deed. */
export class Walker {
  private run = 0
  private step = 0
  private first: Placement | undefined
  private last: Placement | undefined
  private readonly language: string

  constructor(language: string) {
    this.language = language
  }

  /** As the report tells it apart: a link by itself, a code only if it was the first. */
  private touchedBy(named: Named, by: Placement | undefined): Touched {
    const { first } = this
    if (first === undefined || by === undefined || by === first) return named
    return by.came === "good" || by.came === "expired" || by.came === "disabled" ? by : "another code"
  }

  did(deed: Deed, day: string, expected: Expected): void {
    const named = (): Named => ({ day, language: this.language, ...(this.first ?? nothing) })
    const isFirst = (): boolean => this.run === 1
    const advances = () => {
      const state = states[this.step]
      if (state === undefined) return
      this.step += 1
      expected.reached(named(), state, isFirst())
      if (state !== "DONE" || !isFirst()) return
      expected.last(named(), this.touchedBy(named(), this.last))
    }
    switch (deed._tag) {
      case "Start": {
        const { by } = deed
        const isUnderstood = by.came !== "not understood"
        if (this.first === undefined && isUnderstood) Object.assign(this, { first: by, last: undefined })
        else this.last = by
        if (this.run === 0) {
          this.run = 1
          expected.reached(named(), "start", true)
        }
        expected.came(named(), by.came, this.touchedBy(named(), by))
        advances()
        return
      }
      case "Tap":
        if (taps.indexOf(deed.data) === this.step) advances()
        return
      case "Restart":
        this.run += 1
        this.step = 0
        expected.reached(named(), "start", false)
        return
      case "Forget":
        Object.assign(this, { run: 0, step: 0, first: undefined, last: undefined })
    }
  }
}
