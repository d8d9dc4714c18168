/**
 * Reads Server-Sent Events from a response body, wherever the network cut it: inside a line, a character,
 * or between CR and LF. Yields `{ event, data }`; an event that the stream ends inside of is dropped.
 */
export async function* serverSentEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = 'message';
  let data = [];
  try {
    for (;;) {
      const piece = await reader.read();
      if (piece.done && rest !== '\r') return;
      // A CR at the end may be the first half of CR LF: it is held back until the next piece or the end of the stream.
      const lines = (rest + (piece.value ?? '\n')).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { event, data: data.join('\n') };
          event = 'message';
          data = [];
          continue;
        }
        const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line);
        if (field === 'event') event = value;
        else if (field === 'data') data.push(value);
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
