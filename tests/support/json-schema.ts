/** As much of JSON Schema 2020-12 as our own descriptions use: what a value breaks, by place. Any other keyword is an error. */
type Schema = { readonly [key: string]: unknown }

const typeOf = (value: unknown) => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
const isSchema = (one: unknown): one is Schema => typeof one === 'object' && one !== null && !Array.isArray(one)
const schemasIn = (one: unknown): Schema[] => (Array.isArray(one) ? one.filter(isSchema) : [])

/** They say nothing of the shape, or what the routes themselves prove. */
const silent: ReadonlySet<string> = new Set([
  ...['description', 'format', 'pattern', 'default', 'pii', 'id', 'title', 'propertyNames'],
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems'],
])

function ofObject(schema: Schema, value: object, at: string): string[] {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
  const more = schema['additionalProperties']
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name}: missing`)
  const wrong = Object.entries(value).flatMap(([name, each]) => {
    const known = properties[name]
    if (isSchema(known)) return breaks(known, each, `${at}.${name}`)
    if (isSchema(more)) return breaks(more, each, `${at}.${name}`)
    return more === false ? [`${at}.${name}: not described`] : []
  })
  return [...missing, ...wrong]
}

/** Where and how a value is not as the schema says; empty where it is. */
export function breaks(schema: Schema, value: unknown, at = '$'): string[] {
  const found: string[] = []
  for (const [keyword, said] of Object.entries(schema)) {
    if (keyword === 'type') {
      const types = new Set([said].flat())
      const is = typeOf(value)
      if (!types.has(is) && !(is === 'integer' && types.has('number'))) found.push(`${at}: ${is}`)
    } else if (keyword === 'const') {
      if (value !== said) found.push(`${at}: not ${JSON.stringify(said)}`)
    } else if (keyword === 'enum') {
      if (!Array.isArray(said) || !said.includes(value)) found.push(`${at}: none of ${JSON.stringify(said)}`)
    } else if (keyword === 'anyOf' || keyword === 'oneOf') {
      const each = schemasIn(said).map((one) => breaks(one, value, at))
      if (!each.some((one) => one.length === 0)) found.push(`${at}: none of its shapes (${each.flat().join('; ')})`)
    } else if (keyword === 'allOf') found.push(...schemasIn(said).flatMap((one) => breaks(one, value, at)))
    else if (keyword === 'items') {
      if (Array.isArray(value) && isSchema(said))
        found.push(...value.flatMap((one, index) => breaks(said, one, `${at}[${index}]`)))
    } else if (keyword === 'properties' || keyword === 'required' || keyword === 'additionalProperties') continue
    else if (!silent.has(keyword)) found.push(`${at}: unknown keyword ${keyword}`)
  }
  if (typeOf(value) === 'object') found.push(...ofObject(schema, value as object, at))
  return found
}
