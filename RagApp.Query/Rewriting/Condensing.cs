using System.Text;
using RagApp.Contracts.Search;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Makes a follow-up stand alone: by the chat model where one is configured and answers in time with something
/// usable, else by rules.
/// </summary>
internal sealed class Condensing(FollowUpRules rules, RewritingModel model)
{
    /// <summary>Version of the prompt, which is a file of <c>Prompts/</c>.</summary>
    private const string PromptVersion = "condense.v1";

    /// <summary>Messages that the model is given, the latest ones.</summary>
    private const int MaxMessages = 6;

    /// <summary>As much of a message as it is given, in characters.</summary>
    private const int MaxMessageLength = 1000;

    /// <summary>Longest question that is believed, in characters.</summary>
    private const int MaxLength = 500;

    private readonly string _prompt = RewritingPrompt.Read(PromptVersion);

    /// <summary>Null when the question stands alone already.</summary>
    public async Task<CondensedQuestion?> CondenseAsync(string question, IReadOnlyList<SearchMessage> history, CancellationToken cancellationToken)
    {
        if (history.Count == 0)
            return null;
        if (await AskAsync(question, history, cancellationToken) is { } text)
            return SameWords(text, question) ? null : new CondensedQuestion(text, PromptVersion);
        return rules.Condense(question, history) is { } condensed ? new CondensedQuestion(condensed, PromptVersion: null) : null;
    }

    private async Task<string?> AskAsync(string question, IReadOnlyList<SearchMessage> history, CancellationToken cancellationToken)
    {
        if (!model.IsConfigured)
            return null;
        var conversation = new StringBuilder();
        foreach (var message in history.TakeLast(MaxMessages))
        {
            conversation.Append(message.Role == SearchRole.User ? "<user>" : "<assistant>")
                .Append(RewritingPrompt.Escape(message.Text.Length <= MaxMessageLength ? message.Text : message.Text[..MaxMessageLength]))
                .Append(message.Role == SearchRole.User ? "</user>\n" : "</assistant>\n");
        }
        conversation.Append("<question>").Append(RewritingPrompt.Escape(question)).Append("</question>");
        var lines = await model.AskAsync(_prompt, conversation.ToString(), MaxLength, cancellationToken);
        return lines is [var line] ? line : null; // an explanation around it, or none at all, is not what was asked for
    }

    private static bool SameWords(string one, string other) =>
        Routing.Words.Of(one).SequenceEqual(Routing.Words.Of(other), StringComparer.Ordinal);
}

/// <param name="Text">The question as it stands alone.</param>
/// <param name="PromptVersion">Of the prompt that a model was given; null when rules made it.</param>
internal sealed record CondensedQuestion(string Text, string? PromptVersion);
