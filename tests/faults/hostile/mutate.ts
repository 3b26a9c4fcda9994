import type { Dice } from "../../simulator/chance.ts"

/** Bits turned over, pieces cut out, said twice or put elsewhere; or nothing of the kind. */
export const mutated = (dice: Dice, text: string): Uint8Array => {
  let bytes = new TextEncoder().encode(text)
  for (let times = dice.is(0.4) ? 0 : 1 + dice.below(4); times > 0; times--) bytes = mutate(dice, bytes)
  return bytes
}

const mutate = (dice: Dice, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const from = dice.below(bytes.length + 1)
  const to = Math.min(bytes.length, from + dice.below(12))
  const [head, piece, tail] = [bytes.slice(0, from), bytes.slice(from, to), bytes.slice(to)]
  switch (dice.below(5)) {
    case 0:
      return joined(
        head,
        piece.map((byte) => byte ^ (1 << dice.below(8))),
        tail,
      )
    case 1:
      return joined(head, tail)
    case 2:
      return joined(head, piece, piece, tail)
    case 3:
      return joined(tail, piece, head)
    default:
      return joined(head, new Uint8Array([dice.below(256), dice.below(256)]), tail)
  }
}

const joined = (...pieces: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(pieces))
