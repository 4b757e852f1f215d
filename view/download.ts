/** Files that are made on this device, and go nowhere but to its disk. */

/** Long enough for any browser to have begun. */
const FORGET_AFTER_MS = 60_000

/** As much of a page's window as is used: views are compiled without a browser. */
export interface DownloadWindow<B> {
  readonly Blob: new (parts: string[], options: { type: string }) => B
  readonly URL: { createObjectURL(of: B): string; revokeObjectURL(url: string): void }
  readonly document: { createElement(tag: 'a'): { href: string; download: string; click(): void } }
  setTimeout(act: () => void, ms: number): unknown
}

/** A name that every disk takes. @param about the site's name or host */
export const fileName = (about: string, ending: string): string =>
  `nearside-${about.replace(/[^\p{L}\p{N}.-]+/gu, '-')}.${ending}`

export const download = <B>(page: DownloadWindow<B>, name: string, type: string, content: string): void => {
  const url = page.URL.createObjectURL(new page.Blob([content], { type }))
  const link = page.document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  page.setTimeout(() => page.URL.revokeObjectURL(url), FORGET_AFTER_MS)
}
