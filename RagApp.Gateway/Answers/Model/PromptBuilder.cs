using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Http;
using RagApp.Contracts.Search;
using RagApp.Models.Chat;
using RagApp.Models.Tokens;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// Fills a model's context window, by exact token counts: 1. instructions, question and room for the answer; 2. the latest of the
/// earlier messages, up to a quarter of the rest; 3. the passages, best first. A message or passage that does not fit is left out
/// whole and counted, never cut; a smaller passage after it may still fit. A passage that reads like instructions to a model is left out too.
/// </summary>
internal sealed partial class PromptBuilder(AnswerPrompt prompt)
{
    /// <summary>Largest number of tokens that chat formats add to each message.</summary>
    private const int MessageOverhead = 8;

    private const int HistoryShare = 4;

    /// <inheritdoc cref="BuildAsync(ChatModel, Question, string, double, CancellationToken)"/>
    public Task<PackedPrompt> BuildAsync(ChatModel model, Question question, CancellationToken cancellationToken) =>
        BuildAsync(model, question, prompt.System, share: 1, cancellationToken);

    /// <param name="instructions">Instructions for the model.</param>
    /// <param name="share">Share of the window that passages may fill, 0 to 1.</param>
    /// <exception cref="ProblemException">400: the question does not fit, or no passage fits next to it.</exception>
    public async Task<PackedPrompt> BuildAsync(ChatModel model, Question question, string instructions, double share, CancellationToken cancellationToken)
    {
        var counter = TokenCounter.For(model.Id, model.Tokenizer);
        var budget = new TokenBudget(
            model,
            Instructions: counter.Count(instructions) + counter.Count(await prompt.RenderUserAsync("", "", cancellationToken)) + 2 * MessageOverhead,
            Question: counter.Count(question.Text)); // 1
        if (budget.Left < 0)
            throw budget.QuestionDoesNotFit();

        var (history, historyTokens) = Latest(question.History, counter, budget.Left / HistoryShare); // 2
        var suspicious = question.Hits.Where(PassageBlock.IsSuspicious).ToList();
        var (blocks, used, leftOut) = Pack(question.Hits.Except(suspicious), counter, (int)((budget.Left - historyTokens) * share)); // 3
        if (used.Count == 0 && leftOut.Count > 0)
            throw budget.NoPassageFits(leftOut.Min(passage => passage.Tokens));

        var user = await prompt.RenderUserAsync(blocks, question.Text, cancellationToken);
        return new PackedPrompt(
            [new ChatMessage(ChatRole.System, instructions), .. history, new ChatMessage(ChatRole.User, user)],
            used,
            leftOut,
            question.History.Count - history.Count)
        {
            Suspicious = [.. suspicious.Select(hit => new SuspiciousPassage(hit.DocumentId, hit.Ordinal, hit.Title))],
        };
    }

    private static (List<ChatMessage> Messages, int Tokens) Latest(IReadOnlyList<SearchMessage> history, TokenCounter counter, int room)
    {
        var messages = new List<ChatMessage>();
        var tokens = 0;
        foreach (var message in history.Reverse())
        {
            // Citation numbers in an earlier answer refer to other passages.
            var isAnswer = message.Role == SearchRole.Assistant;
            var text = isAnswer ? Citations().Replace(message.Text, "") : message.Text;
            var more = counter.Count(text) + MessageOverhead;
            if (tokens + more > room)
                break;
            tokens += more;
            messages.Insert(0, new ChatMessage(isAnswer ? ChatRole.Assistant : ChatRole.User, text));
        }
        return (messages, tokens);
    }

    private static (string Blocks, List<SearchHit> Used, List<LeftOutPassage> LeftOut) Pack(IEnumerable<SearchHit> hits, TokenCounter counter, int room)
    {
        var blocks = new StringBuilder();
        var used = new List<SearchHit>();
        var leftOut = new List<LeftOutPassage>();
        foreach (var hit in hits)
        {
            var block = PassageBlock.Format(used.Count + 1, hit);
            var tokens = counter.Count(block);
            if (tokens > room)
            {
                leftOut.Add(new LeftOutPassage(hit.DocumentId, hit.Ordinal, hit.Title, tokens));
                continue;
            }
            room -= tokens;
            blocks.Append(block);
            used.Add(hit);
        }
        return (blocks.ToString(), used, leftOut);
    }

    [GeneratedRegex(@"\s?\[\d{1,2}(?:, ?\d{1,2})*\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Citations();
}

/// <summary>Tokens of a model's context window that are used before any passage.</summary>
/// <param name="Instructions">Number of tokens of the prompt without question and passages.</param>
/// <param name="Question">Number of tokens of the question.</param>
internal sealed record TokenBudget(ChatModel Model, int Instructions, int Question)
{
    /// <summary>Number of tokens left for history and passages; negative when the question does not fit.</summary>
    public int Left => Model.MaxContextTokens - Model.MaxOutputTokens - Instructions - Question;

    public ProblemException QuestionDoesNotFit() => Refusal("it does not fit: ask a shorter question.");

    /// <param name="smallest">Number of tokens of the shortest passage that was found.</param>
    public ProblemException NoPassageFits(int smallest) => Refusal(string.Create(CultureInfo.InvariantCulture,
        $"{Left:N0} are left, and the shortest passage that was found has {smallest:N0}: ask a shorter question, or name a model with a larger window."));

    private ProblemException Refusal(string outcome) => ProblemException.BadRequest(string.Create(CultureInfo.InvariantCulture,
        $"The question has {Question:N0} tokens. With {Instructions:N0} of instructions and {Model.MaxOutputTokens:N0} kept for the answer, in the window of {Model.MaxContextTokens:N0} tokens of '{Model.Id}', {outcome}"));
}
