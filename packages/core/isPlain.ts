/**
 * Whether it is printable ASCII alone, as almost every text that comes by a link and most names are. To be asked before a
 * pattern of Unicode's properties, of which V8 takes about a millisecond of a cold start to compile each.
 */
export const isPlain = (text: string): boolean => /^[ -~]*$/.test(text)
