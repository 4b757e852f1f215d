/**
 * `<nearside-show when="visit:v2 visit:v3">`, or `unless`: shown to these segments, or to everybody else. For what attributes do not
 * reach: shadow roots, and sites where segments are for the api alone. A page loads it as a module where it uses it.
 */

import { createLive, isIn } from './live.ts'
import { turn } from './templates.ts'

const live = createLive()

class NearsideShow extends HTMLElement {
  static readonly observedAttributes = ['when', 'unless']
  #stop: (() => void) | undefined

  connectedCallback(): void {
    this.#stop = live.listen(() => this.attributeChangedCallback())
    this.attributeChangedCallback()
  }
  disconnectedCallback(): void {
    this.#stop?.()
  }
  attributeChangedCallback(): void {
    if (!this.isConnected) return
    const { segments } = live.now()
    const when = this.getAttribute('when')
    const unless = this.getAttribute('unless')
    const shown = (when === null || isIn(segments, when)) && !(unless !== null && isIn(segments, unless))
    // What stands in a template of its own is fetched when it is shown, and goes when it is not.
    for (const template of this.querySelectorAll<HTMLTemplateElement>(':scope > template')) turn(template, shown)
    this.hidden = !shown
  }
}

// A second copy of the script is one too many.
if (!customElements.get('nearside-show')) customElements.define('nearside-show', NearsideShow)
