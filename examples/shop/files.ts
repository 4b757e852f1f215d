/** Which file answers an address of the shop: the routes first, then files at their own path, then the page that says there is none. */

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface Found {
  readonly status: 200 | 404
  readonly name: string
  readonly body: Buffer
}

interface Catalog {
  readonly categories: readonly { readonly slug: string }[]
  readonly products: readonly { readonly slug: string }[]
}

const HERE = 'examples/shop/site/routes.json'

/** The repository, from the sources and from what is built of them alike. */
export const findRoot = (from: string): string => {
  if (existsSync(join(from, HERE))) return from
  if (dirname(from) === from) throw new Error(`${HERE} is in no folder above. Run it from a whole clone.`)
  return findRoot(dirname(from))
}

/** The shop's style, by part: pages ask for all of it as one file, in this order. */
const LOOK = 'ground parts head shelf home lists product cart account prose foot'.split(' ')

/** No dot at the start of a part: neither `..` nor a hidden file has an address. */
const PLAIN = /^(\/[\w-][\w.-]*)+$/

const read = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path)
  } catch {
    return undefined
  }
}

/** Nothing where the address cannot be decoded. */
const decode = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

/** `/c/*` stands for exactly one part more. */
const fits = (pattern: string, path: string): boolean => {
  if (!pattern.endsWith('/*')) return pattern === path
  const start = pattern.slice(0, -1)
  return path.startsWith(start) && path.length > start.length && !path.includes('/', start.length)
}

export const createFiles = (root: string) => {
  const site = join(root, 'examples/shop/site')
  const json = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(site, name), 'utf8')) as T

  /** A page for each product and category there is: for any other the same page says so, and so does its status. */
  const isStocked = async (pattern: string, path: string): Promise<boolean> => {
    if (!pattern.endsWith('/*')) return true
    const { categories, products } = await json<Catalog>('catalog.json')
    const shelf = pattern === '/p/*' ? products : categories
    return shelf.some(({ slug }) => slug === path.slice(pattern.length - 1))
  }

  const look = async (): Promise<Buffer> =>
    Buffer.from((await Promise.all(LOOK.map(part => readFile(join(site, `look/${part}.css`), 'utf8')))).join('\n'))

  const fromFolders = (path: string): Promise<Buffer | undefined> => {
    if (!PLAIN.test(path)) return Promise.resolve(undefined)
    if (path === '/shop.css') return look()
    if (path === '/nearside/model.json') return read(join(root, 'examples/shop/model/model.json'))
    if (/^\/(studio|panel)\//.test(path)) return read(join(root, 'dist', path))
    if (path.startsWith('/nearside/')) return read(join(root, 'dist/sdk', path.slice('/nearside/'.length)))
    return read(join(site, path))
  }

  /** Read anew each time, so that edits show. @param address without its query, percent-encoded */
  return async (address: string): Promise<Found> => {
    const path = decode(address).replace(/^\/(studio|panel)\/$/, '$&index.html')
    const { '*': nowhere = '404.html', ...routes } = await json<{ [pattern: string]: string }>('routes.json')
    const pattern = Object.keys(routes).find(each => fits(each, path))
    if (pattern !== undefined) {
      const name = routes[pattern] as string
      const status = (await isStocked(pattern, path)) ? 200 : 404
      return { status, name, body: await readFile(join(site, name)) }
    }
    const body = await fromFolders(path)
    if (body) return { status: 200, name: path, body }
    return { status: 404, name: nowhere, body: await readFile(join(site, nowhere)) }
  }
}
