using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// Packs into a model's window, by real token counts: 1. instructions, question and room for the answer; 2. of the
/// earlier messages the latest, up to a quarter of what is left; 3. the passages from the best. A message or passage
/// that does not fit is left out whole and counted, never cut; a smaller passage behind it may still fit.
/// </summary>
internal sealed partial class PromptBuilder(AnswerPrompt prompt)
{
    /// <summary>What chat formats add around each message, rounded up.</summary>
    private const int MessageOverhead = 8;

    private const int HistoryShare = 4;

    /// <exception cref="BadHttpRequestException">The question, or any passage with it, does not fit (400).</exception>
    public async Task<PackedPrompt> BuildAsync(ChatModel model, Question question, CancellationToken cancellationToken)
    {
        var counter = TokenCounter.For(model);
        var budget = new TokenBudget(
            model,
            Instructions: counter.Count(prompt.System) + counter.Count(await prompt.RenderUserAsync("", "", cancellationToken)) + 2 * MessageOverhead,
            Question: counter.Count(question.Text)); // 1
        if (budget.Left < 0)
            throw budget.QuestionDoesNotFit();

        var (history, historyTokens) = Latest(question.History, counter, budget.Left / HistoryShare); // 2
        var (blocks, used, leftOut) = Pack(question.Hits, counter, budget.Left - historyTokens); // 3
        if (used.Count == 0 && leftOut.Count > 0)
            throw budget.NoPassageFits(leftOut.Min(passage => passage.Tokens));

        var user = await prompt.RenderUserAsync(blocks, question.Text, cancellationToken);
        return new PackedPrompt(
            [new ChatMessage(ChatRole.System, prompt.System), .. history, new ChatMessage(ChatRole.User, user)],
            used,
            leftOut,
            question.History.Count - history.Count);
    }

    private static (List<ChatMessage> Messages, int Tokens) Latest(IReadOnlyList<SearchMessage> history, TokenCounter counter, int room)
    {
        var messages = new List<ChatMessage>();
        var tokens = 0;
        foreach (var message in history.Reverse())
        {
            // Numbers in an earlier answer are those of other passages.
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

    private static (string Blocks, List<SearchHit> Used, List<LeftOutPassage> LeftOut) Pack(IReadOnlyList<SearchHit> hits, TokenCounter counter, int room)
    {
        var blocks = new StringBuilder();
        var used = new List<SearchHit>();
        var leftOut = new List<LeftOutPassage>();
        foreach (var hit in hits)
        {
            var block = Format(used.Count + 1, hit);
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

    private static string Format(int number, SearchHit passage)
    {
        var source = passage.Section.Length == 0 ? passage.Title : $"{passage.Title} › {passage.Section}";
        return string.Create(CultureInfo.InvariantCulture,
            $"<passage number=\"{number}\">\nSource: {Escape(source)}\n{Escape(passage.Text)}\n</passage>\n");
    }

    /// <summary>Without <c>&lt;</c> a document can neither end its passage nor write the marks by which some models tell roles apart.</summary>
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"\s?\[\d{1,2}(?:, ?\d{1,2})*\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Citations();
}
