/** Removes what the site's other tools kept for a purpose, by the names that its config gives. */

import type { Clearing } from '../../core/policy.ts'
import { attempt } from '../attempt.ts'

const isOneOf =
  (names: readonly string[] = []) =>
  (name: string): boolean =>
    // Never our own: the refusal itself stands there.
    !name.startsWith('nearside') &&
    names.some(each => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each))

export const clear = ({ cookies, storage, domain, path = '/' }: Clearing): void => {
  attempt(() => {
    for (const name of document.cookie.split(';').map(cookie => cookie.split('=', 1)[0]?.trim() ?? ''))
      if (isOneOf(cookies)(name))
        // biome-ignore lint/suspicious/noDocumentCookie: at once, and in a page without https, where there is no cookieStore
        document.cookie = `${name}=;max-age=0;path=${path}${domain ? `;domain=${domain}` : ''}${/^__/.test(name) ? ';secure' : ''}`
  })
  for (const kept of ['localStorage', 'sessionStorage'] as const)
    attempt(() => {
      for (const name of Object.keys(window[kept]).filter(isOneOf(storage))) window[kept].removeItem(name)
    })
}
