using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.ML.Tokenizers;
using RagApp.Contracts.Search;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// Packs as many passages as the model's window holds, from the best, by real token counts. A passage that does
/// not fit is left out whole and counted, never cut; a smaller one behind it may still fit.
/// </summary>
internal sealed class PromptBuilder(AnswerPrompt prompt, Tokenizer tokenizer)
{
    /// <summary>What chat formats add around two messages, rounded up.</summary>
    private const int MessageOverhead = 16;

    /// <exception cref="BadHttpRequestException">The question alone does not fit (400).</exception>
    public async Task<PackedPrompt> BuildAsync(
        ChatModel model, string question, IReadOnlyList<SearchHit> passages, CancellationToken cancellationToken)
    {
        var left = model.MaxContextTokens - model.MaxOutputTokens - MessageOverhead
            - tokenizer.CountTokens(prompt.System)
            - tokenizer.CountTokens(await prompt.RenderUserAsync("", question, cancellationToken));
        if (left < 0)
            throw new BadHttpRequestException(WindowExceeded(model, question), StatusCodes.Status400BadRequest);

        var text = new StringBuilder();
        var used = new List<SearchHit>();
        foreach (var passage in passages)
        {
            var block = Format(used.Count + 1, passage);
            var tokens = tokenizer.CountTokens(block);
            if (tokens > left)
                continue;
            left -= tokens;
            text.Append(block);
            used.Add(passage);
        }

        var user = await prompt.RenderUserAsync(text.ToString(), question, cancellationToken);
        return new PackedPrompt(
            [new ChatMessage(ChatRole.System, prompt.System), new ChatMessage(ChatRole.User, user)],
            used,
            passages.Count - used.Count);
    }

    private static string Format(int number, SearchHit passage)
    {
        var source = passage.Section.Length == 0 ? passage.Title : $"{passage.Title} › {passage.Section}";
        return string.Create(CultureInfo.InvariantCulture,
            $"<passage number=\"{number}\">\nSource: {Escape(source)}\n{Escape(passage.Text)}\n</passage>\n");
    }

    /// <summary>Without <c>&lt;</c> a document can neither end its passage nor write the marks by which some models tell roles apart.</summary>
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);

    private string WindowExceeded(ChatModel model, string question) => string.Create(CultureInfo.InvariantCulture,
        $"The question has {tokenizer.CountTokens(question):N0} tokens. With the instructions and {model.MaxOutputTokens:N0} tokens kept for the answer "
        + $"it does not fit the model's window of {model.MaxContextTokens:N0} tokens: ask a shorter question.");
}

/// <summary>A prompt with the passages that went into it, in the order of their numbers.</summary>
internal sealed record PackedPrompt(IReadOnlyList<ChatMessage> Messages, IReadOnlyList<SearchHit> Passages, int LeftOut);
