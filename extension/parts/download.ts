/** Files that are made on this device, and go nowhere but to its disk. */

/** Long enough for any browser to have begun. */
const FORGET_AFTER_MS = 60_000

/** A name that every disk takes, of a site's host. */
export const fileName = (host: string, ending: string): string =>
  `nearside-${host.replace(/[^\p{L}\p{N}.-]+/gu, '-')}.${ending}`

export const download = (name: string, type: string, content: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), FORGET_AFTER_MS)
}
