/** What a content security policy lets a worker ask for: https://www.w3.org/TR/CSP3/#match-url-to-source-list, as far as headers go. */

export type Directive = 'connect-src' | 'script-src'

const PORTS: { readonly [scheme: string]: string } = { 'http:': '80', 'https:': '443' }
const SOURCE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:]+)(?::(\d+|\*))?(\/.*)?$/i

const isScheme = (scheme: string, url: URL): boolean =>
  `${scheme}:` === url.protocol || (scheme === 'http' && url.protocol === 'https:')

const isHost = (host: string, { hostname }: URL): boolean =>
  host === '*' || (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host.toLowerCase())

const isPort = (port: string | undefined, { port: given, protocol }: URL): boolean =>
  port === '*' || (given || PORTS[protocol]) === (port ?? PORTS[protocol])

const isPath = (path: string | undefined, { pathname }: URL): boolean =>
  path === undefined || (path.endsWith('/') ? pathname.startsWith(path) : pathname === path)

const admits = (source: string, url: URL, self: URL): boolean => {
  if (source === '*') return /^(https?|wss?):$/.test(url.protocol)
  if (source.toLowerCase() === "'self'") return url.origin === self.origin
  const scheme = /^([a-z][a-z0-9+.-]*):$/i.exec(source)?.[1]
  if (scheme) return isScheme(scheme.toLowerCase(), url)
  const [, wanted, host, port, path] = SOURCE.exec(source) ?? []
  if (!host) return false
  const byScheme = wanted ? isScheme(wanted.toLowerCase(), url) : isScheme(self.protocol.slice(0, -1), url)
  return byScheme && isHost(host, url) && isPort(port, url) && isPath(path, url)
}

/** Undefined where nothing is said, and everything allowed. */
const sourcesOf = (policy: string, directive: Directive): readonly string[] | undefined => {
  const said = new Map<string, readonly string[]>()
  for (const part of policy.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/)
    // The first of a name holds.
    if (!said.has(name.toLowerCase())) said.set(name.toLowerCase(), sources)
  }
  return said.get(directive) ?? said.get('default-src')
}

/** @param header one policy, or several with commas between them, all of which hold; @param self where the file with it came from */
export const isAllowed = (header: string, directive: Directive, url: string, self: string): boolean =>
  header.split(',').every(policy => {
    const sources = sourcesOf(policy, directive)
    return sources === undefined || sources.some(source => admits(source, new URL(url), new URL(self)))
  })
