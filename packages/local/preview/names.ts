/** First names as people have them: the plain one first, then those that hurt. */
export const names: Readonly<Record<string, string | undefined>> = {
  Ana: "Ana",
  "no name": undefined,
  "500 characters": "Wolfeschlegelsteinhausenbergerdorff ".repeat(14).slice(0, 500),
  "right to left": "محمد بن عبد الله!",
  "<b>": "<b>Ana</b> & “a_b*c”",
  emoji: "👩🏽‍🚀👨‍👩‍👧‍👦🦄",
  "nothing to see": "\u200b\u2060\u3164",
}
