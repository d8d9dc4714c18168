// Calls a gateway with OpenAI's own client and writes what it got as JSON: node client.mjs BASE_URL KEY CHAT_MODEL EMBEDDING_MODEL
import OpenAI from 'openai';

const [baseURL, apiKey, model, embeddingModel] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: 'user', content: 'What is the capital of France?' }];
const capital = {
  name: 'capital',
  description: 'Finds the capital of a country.',
  parameters: { type: 'object', properties: { country: { type: 'string' } }, required: ['country'] },
};

async function streamed() {
  const stream = await client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } });
  let text = '';
  let finish = null;
  let tokens = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    finish = chunk.choices[0]?.finish_reason ?? finish;
    tokens = chunk.usage?.total_tokens ?? tokens;
  }
  return { text, finish, tokens };
}

/** Lets the client's own runner call the tool and send its result, streamed. */
async function toolCall() {
  let asked = null;
  const answer = (args) => {
    asked = args;
    return 'Paris';
  };
  const runner = client.chat.completions.runTools({
    model, messages, stream: true, tools: [{ type: 'function', function: { ...capital, parse: JSON.parse, function: answer } }],
  });
  return { text: await runner.finalContent(), asked };
}

async function failure() {
  try {
    await client.chat.completions.create({ model: 'no-such-model', messages });
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status, code: error.code, type: error.type, message: error.message };
  }
}

const whole = await client.chat.completions.create({ model, messages });
const embedding = await client.embeddings.create({ model: embeddingModel, input: 'text' });
const models = [];
for await (const listed of client.models.list()) models.push(listed.id);

console.log(JSON.stringify({
  whole: { text: whole.choices[0].message.content, tokens: whole.usage?.total_tokens },
  streamed: await streamed(),
  toolCall: await toolCall(),
  embedding: embedding.data[0].embedding,
  models,
  failure: await failure(),
}));
