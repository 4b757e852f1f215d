/** Does the page have Nearside's tag? One that bundles the SDK shows it only by what it stores, or when it asks. */

const SCRIPT = /(^|\/)nearside\.js([?#]|$)/

export const loadsNearside = (): boolean =>
  // By its prototype: an image of that name on the page takes the place of the document's own, in every world.
  [...Document.prototype.querySelectorAll.call(document, 'script[data-config]')].some(it =>
    SCRIPT.test(it.getAttribute('src') ?? ''),
  )
