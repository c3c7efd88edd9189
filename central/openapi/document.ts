/** The description of the units' interface (OpenAPI 3.1), made of the routes' own schemas: it cannot say what they do not. */
import { z } from 'zod'
import { webhookBodySchema } from '../webhooks/body.ts'
import { operations, type Binary, type Operation } from './operations.ts'

type Json = { readonly [key: string]: unknown }

const isBinary = (one: z.ZodType | Binary): one is Binary => 'binary' in one

/** JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' })
  return rest
}

function contentOf(one: z.ZodType | Binary, io: 'input' | 'output'): Json {
  if (!isBinary(one)) return { 'application/json': { schema: schemaOf(one, io) } }
  return Object.fromEntries(one.binary.map((type) => [type, {}]))
}

function parametersOf({ params, headers = {} }: Operation): Json[] {
  const inPath = Object.entries(params?.shape ?? {}).map(([name, schema]) => ({
    ...{ name, in: 'path', required: true },
    schema: schemaOf(schema as z.ZodType, 'input'),
  }))
  const inHeader = Object.entries(headers).map(([name, description]) => ({
    ...{ name, in: 'header', required: true, description, schema: { type: 'string' } },
  }))
  return [...inPath, ...inHeader]
}

const refused = { $ref: '#/components/responses/Refused' }

function operationOf(operation: Operation): Json {
  const { id: operationId, summary, body, answer } = operation
  return {
    ...{ operationId, summary, parameters: parametersOf(operation) },
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body, 'input') } }),
    responses: { 200: { description: 'OK', content: contentOf(answer, 'output') }, default: refused },
  }
}

/** `/cases/:caseId` as OpenAPI writes it. */
export const pathOf = (url: string): string => url.replace(/:(\w+)/g, '{$1}')

function pathsOf(): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [route, operation] of Object.entries(operations)) {
    const [method = '', url = ''] = route.split(' ')
    const path = pathOf(url)
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(operation) }
  }
  return paths
}

const signature = ['webhook-id', 'webhook-timestamp', 'webhook-signature']

/** `version` is the product's. */
export function openApiDocument(version: string): Json {
  const problem = z.object({ code: z.string(), detail: z.string().optional() })
  return {
    openapi: '3.1.0',
    info: {
      ...{ title: '三心 · Sanxin：成员单位接口', version },
      description:
        '时间均为 1970 年起的毫秒数。· Times are ms since 1970. 每个密钥每分钟 600 次。· 600 requests a minute and key.',
    },
    security: [{ key: [] }],
    paths: pathsOf(),
    webhooks: {
      case: {
        post: {
          ...{ operationId: 'caseEvent', summary: '工单有变化 · something happened to a case (Standard Webhooks)' },
          parameters: signature.map((name) => ({ name, in: 'header', required: true, schema: { type: 'string' } })),
          requestBody: { required: true, content: contentOf(webhookBodySchema, 'output') },
          responses: { '2XX': { description: '已收到 · taken' }, default: { description: '稍后再送 · later again' } },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'sxk_…' } },
      responses: {
        Refused: { description: '拒绝 · refused, with a code', content: contentOf(problem, 'output') },
      },
    },
  }
}
