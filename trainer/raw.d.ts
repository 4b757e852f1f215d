/** Vite hands these files over as text. */
declare module '*?raw' {
  const text: string
  export default text
}
