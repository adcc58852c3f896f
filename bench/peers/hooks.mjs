// relatives-tree ships ES modules without file endings and without saying so: tell Node how to read them.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export async function resolve (specifier, context, next) {
  const inside = context.parentURL?.includes('/relatives-tree/')
  if (inside && specifier.startsWith('.')) {
    for (const ending of ['.js', '/index.js']) {
      const url = new URL(specifier + ending, context.parentURL)
      if (existsSync(fileURLToPath(url))) return { url: url.href, format: 'module', shortCircuit: true }
    }
  }
  return next(specifier, context)
}

export async function load (url, context, next) {
  return next(url, url.includes('/relatives-tree/') ? { ...context, format: 'module' } : context)
}
