const usual = ["Ana", "Luis", "María", "Carlos", "Sofía", "Diego", "Emma", "Noah", "Olivia", "Liam"]

const syllables = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve"]

/** Most have a usual name, and that share of them one that nobody had before. */
export const nameOf = (person: number, share: number): string => {
  if (Math.floor(person * share) === Math.floor((person - 1) * share)) return usual[person % usual.length] ?? "Ana"
  let [name, left] = ["", person + syllables.length ** 2]
  while (left > 0) {
    name += syllables[left % syllables.length]
    left = Math.floor(left / syllables.length)
  }
  return name.charAt(0).toUpperCase() + name.slice(1)
}
