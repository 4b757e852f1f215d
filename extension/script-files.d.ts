/** A script built on its own, for `scripting.executeScript`: the import is its file name in the extension. */
declare module '*?script&iife' {
  const file: string
  export default file
}

/** A worker built on its own: the import is its address. */
declare module '*?worker&url' {
  const url: string
  export default url
}

/** As the build makes it: what loads each file that a pattern names. */
interface ImportMeta {
  glob<T>(
    patterns: readonly string[],
    options: { readonly query: string },
  ): { readonly [file: string]: () => Promise<T> }
}
