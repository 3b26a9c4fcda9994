import type * as Random from "effect/Random"

/** 128 bits that depend on nothing but the words. */
const hash = (words: string): readonly [number, number, number, number] => {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x8aed2a6b]
  for (let index = 0; index < words.length; index++) {
    const code = words.charCodeAt(index)
    a = Math.imul(a ^ code, 2654435761) ^ (b >>> 13)
    b = Math.imul(b ^ code, 1597334677) ^ (c >>> 11)
    c = Math.imul(c ^ code, 2246822507) ^ (d >>> 15)
    d = Math.imul(d ^ code, 3266489909) ^ (a >>> 16)
  }
  return [a, b, c, d]
}

/** A stream of chances: sfc32. */
export class Dice {
  private a: number
  private b: number
  private c: number
  private count: number

  constructor(...words: ReadonlyArray<string | number>) {
    ;[this.a, this.b, this.c, this.count] = hash(words.join(" "))
    for (let warmUp = 0; warmUp < 12; warmUp++) this.next()
  }

  /** In [0, 1). */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.count) | 0
    this.count = (this.count + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from)
  }

  is(probability: number): boolean {
    return this.next() < probability
  }

  of<A>(choices: ReadonlyArray<A>): A {
    const chosen = choices[this.below(choices.length)]
    if (chosen === undefined) throw new Error("nothing to choose from")
    return chosen
  }

  /** By weight. */
  weighed<A>(choices: ReadonlyArray<readonly [A, number]>): A {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [choice, weight] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return this.of(choices)[0]
  }
}

/** What the programs under test draw from. */
export const randomOf = (dice: Dice): Random.Random => ({
  nextIntUnsafe: () => Math.floor(dice.between(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)),
  nextDoubleUnsafe: () => dice.next(),
})
