const listed = (bytes: number, item: (index: number) => string): string => {
  const items: Array<string> = []
  for (let left = bytes; left > 0; left -= (items.at(-1)?.length ?? 0) + 1) items.push(item(items.length))
  return items.join(",")
}

const keyed = (key: (index: number) => string) => (bytes: number) =>
  `{${listed(bytes, (index) => `${JSON.stringify(key(index))}:0`)}}`

/** JSON of about so many bytes, and some that is none, by what is awkward about it. */
export const values: Readonly<Record<string, (bytes: number) => string>> = {
  "arrays in each other": (bytes) => `${"[".repeat(bytes / 2)}${"]".repeat(bytes / 2)}`,
  "objects in each other": (bytes) => `${'{"a":'.repeat(bytes / 6)}0${"}".repeat(bytes / 6)}`,
  "brackets that never close": (bytes) => "[".repeat(bytes),
  "a string that never ends": (bytes) => `"${"\\\\".repeat(bytes / 2)}`,
  digits: (bytes) => "9".repeat(bytes),
  "digits of a fraction": (bytes) => `0.${"9".repeat(bytes)}e-${"9".repeat(9)}`,
  numbers: (bytes) => `[${listed(bytes, () => "0")}]`,
  "empty objects": (bytes) => `[${listed(bytes, () => "{}")}]`,
  // Not of lower case, as the names of kinds are: each is looked at in vain.
  "many keys": keyed((index) => `K${index}`),
  "keys that are numbers": keyed((index) => String(index * 65_536)),
  "keys that are no array's": keyed((index) => String((index + 1) * 2 ** 32)),
  "one key many times": keyed(() => "a"),
  "keys of the prototype": keyed(() => "__proto__"),
}
