/** Texts that break whoever builds a path, a query or a placeholder from them. */
export const hostile: ReadonlyArray<string> = [
  'it\'s "quoted" `thrice`',
  "$.a[0].b",
  "#lock = :token",
  "a.b.c",
  "back\\slash",
  "__proto__",
  "constructor",
  "'; DROP TABLE users; --",
  "ünïcødé 中文 العربية",
  "👩‍👩‍👧‍👦 \u{10ffff}",
  "line\nbreak\ttab \u0000 nul",
  " ",
]

export const long = "é".repeat(2048)
