/** A script built on its own, for `scripting.executeScript`: the import is its file name in the extension. */
declare module '*?script&iife' {
  const file: string
  export default file
}
