const mostMessages = 20; // as many as the server takes
const longestMessage = 8000; // characters, likewise

/** The questions and answers of the current conversation. */
export class Conversation {
  #turns = [];

  get isEmpty() { return this.#turns.length === 0; }

  begin() { this.#turns = []; }

  add(exchange, question) { this.#turns.push({ exchange, question, answer: exchange.answer }); }

  /** Removes an exchange that is asked again, so that it is not in the history twice. */
  forget(exchange) { this.#turns = this.#turns.filter((turn) => turn.exchange !== exchange); }

  /** The last messages, oldest first; undefined when nothing was said. */
  messages() {
    if (this.isEmpty) return undefined;
    return this.#turns.slice(-mostMessages / 2).flatMap(({ question, answer }) => [
      { role: 'user', text: question.slice(0, longestMessage) },
      { role: 'assistant', text: answer.slice(0, longestMessage) },
    ]);
  }
}
