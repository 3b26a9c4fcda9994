/** What a proxy does to one request. */
export type Fault =
  /** Nothing: the server answers. */
  | { readonly _tag: "Pass" }
  /** Answers itself; the server never hears of it. */
  | { readonly _tag: "Answer"; readonly status: number; readonly contentType: string; readonly body: string }
  /** Takes it and is silent. */
  | { readonly _tag: "Hang" }
  /** Closes the connection instead; the server never hears of it. */
  | { readonly _tag: "Cut" }
  /** The server does it, and the connection is closed before a word of its answer. */
  | { readonly _tag: "Lost" }
  /** The server does it, and the connection is closed in the middle of its answer. */
  | { readonly _tag: "Torn" }
  /** The server does it, and its answer arrives this many milliseconds later. */
  | { readonly _tag: "Slow"; readonly millis: number }

export const pass: Fault = { _tag: "Pass" }
export const hang: Fault = { _tag: "Hang" }
export const cut: Fault = { _tag: "Cut" }
export const lost: Fault = { _tag: "Lost" }
export const torn: Fault = { _tag: "Torn" }
export const slow = (millis: number): Fault => ({ _tag: "Slow", millis })

/** An error as services that speak AWS's JSON protocols put it; `type` is the full name, e.g. `com.amazon…#Throttling`. */
export const refusal = (status: number, type: string, message = "refused by the test"): Fault => ({
  _tag: "Answer",
  status,
  contentType: "application/x-amz-json-1.0",
  body: JSON.stringify({ __type: type, message }),
})

/** What a balancer in front of a service says when there is nobody behind it. */
export const noService: Fault = {
  _tag: "Answer",
  status: 503,
  contentType: "text/html",
  body: "<html><body><b>Http/1.1 Service Unavailable</b></body></html>",
}
