/** Every file of ours comes from the site's own origin: no other sees that the visitor is here. */

/** The absolute address. @throws a sentence, where it is elsewhere */
export const ownOrigin = (url: string, base: string = document.baseURI): string => {
  const { origin, href } = new URL(url, base)
  if (origin !== location.origin) throw `${href} is on another origin. Serve it from ${location.origin}.`
  return href
}
