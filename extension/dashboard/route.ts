/** Which page of the dashboard is shown: its address after the `#`. */

import { webOrigin } from '../origin.ts'

export const PAGES = ['sites', 'defaults', 'reach', 'deleting'] as const
export type Page = (typeof PAGES)[number]

export type Route = { readonly at: Page } | { readonly at: 'site'; readonly origin: string }

export const addressOf = (route: Route): string =>
  route.at === 'site' ? `#site=${encodeURIComponent(route.origin)}` : `#${route.at}`

const decoded = (about: string): string => {
  try {
    return decodeURIComponent(about)
  } catch {
    return ''
  }
}

/** What is not understood is the list of sites. */
export const routeOf = (hash: string): Route => {
  const [at, about = ''] = hash.slice(1).split('=')
  const origin = at === 'site' ? webOrigin(decoded(about)) : undefined
  if (origin) return { at: 'site', origin }
  return { at: PAGES.find(page => page === at) ?? 'sites' }
}
