/**
 * Builds an element from text and other elements, never from a string of HTML,
 * so the shop works under `require-trusted-types-for 'script'`.
 */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue
    if (typeof value === 'function') node.addEventListener(key, value)
    else node.setAttribute(key, value === true ? '' : String(value))
  }
  node.append(...children)
  return node
}

/** Writes text into every element marked `data-fill="<name>"` below `root`. */
export function fill(root, values) {
  for (const [name, text] of Object.entries(values))
    for (const node of root.querySelectorAll(`[data-fill="${name}"]`)) node.textContent = text
}

/** The last part of the path: what `/p/<slug>` and `/c/<slug>` name. */
export function slugFromPath() {
  return decodeURIComponent(location.pathname.replace(/\/+$/, '').split('/').pop() ?? '')
}

export function setTitle(text) {
  document.title = `${text} · Fernhollow`
}
