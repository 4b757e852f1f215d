/** Runs the scripts that the site marked for a purpose, once that is granted: one after the other, as they stand in the page. */

const MARKED = 'script[type="text/plain"][data-nearside-purpose]'

interface Policy {
  createScript(text: string): string
  createScriptURL(url: string): string
}
type TrustedTypes = { createPolicy(name: string, rules: Policy): Policy }

let policy: Policy | undefined

/** Under Trusted Types a policy of ours stands for what the site wrote into its own page. Where it is not listed, this throws. */
const trusted = (): Policy => {
  const rules: Policy = { createScript: text => text, createScriptURL: url => url }
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
  policy ??= trustedTypes?.createPolicy('nearside-scripts', rules) ?? rules
  return policy
}

/** As the marked one would have been, in its place. @returns settles when the next may run */
const start = async (marked: HTMLScriptElement): Promise<void> => {
  const made = document.createElement('script')
  for (const { name, value } of marked.attributes)
    if (name !== 'type' && name !== 'src' && name !== 'data-type') made.setAttribute(name, value)
  // The attribute is hidden from scripts, so that styles cannot read it out.
  made.nonce = marked.nonce ?? ''
  if (marked.dataset.type) made.type = marked.dataset.type
  // Not its property, which says yes of every script that the parser passed over.
  const free = marked.hasAttribute('async')
  if (marked.src) made.src = trusted().createScriptURL(marked.src)
  else made.text = trusted().createScript(marked.text)
  made.async = free
  const done = new Promise(go => {
    made.onload = made.onerror = go
  })
  marked.replaceWith(made)
  if (marked.src && !free) await done
}

/** @param may whether all of these purposes are granted, for these categories (all where none are named) */
export const createScripts = (may: (purposes: string, categories: string | undefined) => boolean) => {
  let running = false
  const next = (): HTMLScriptElement | undefined => {
    // Where the page goes by nonces, a script without one was slipped in by somebody else.
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
    return [...document.querySelectorAll<HTMLScriptElement>(MARKED)].find(
      ({ dataset, nonce: own }) =>
        (!nonce || own === nonce) && may(dataset.nearsidePurpose ?? '', dataset.nearsideCategory),
    )
  }
  return async (): Promise<void> => {
    if (running) return
    running = true
    try {
      for (let it = next(); it; it = next()) await start(it)
    } finally {
      running = false
    }
  }
}
