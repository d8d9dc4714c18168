using System.Text;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Models.Chat;
using RagApp.Text;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Rewrites a follow-up question so that it can be understood without the earlier messages: by the chat model when one is
/// configured and answers usably in time, else by rules.
/// </summary>
internal sealed class Condensing(FollowUpRules rules, RewritingModel model)
{
    /// <summary>Version of the prompt, a file in <c>Prompts/</c>.</summary>
    private const string PromptVersion = "condense.v1";

    /// <summary>Number of latest messages given to the model.</summary>
    private const int MaxMessages = 6;

    /// <summary>Longest message given to the model, in characters; the rest is cut off.</summary>
    private const int MaxMessageLength = 1000;

    /// <summary>Longest rewritten question that is accepted, in characters.</summary>
    private const int MaxLength = 500;

    private readonly string _prompt = RewritingPrompt.Read(PromptVersion);

    /// <summary>Returns the rewritten question; null when the question can already be understood alone.</summary>
    public async Task<CondensedQuestion?> CondenseAsync(
        Principal principal, string question, IReadOnlyList<SearchMessage> history, CancellationToken cancellationToken)
    {
        if (history.Count == 0)
            return null;
        if (await AskAsync(principal, question, history, cancellationToken) is { } text)
            return SameWords(text, question) ? null : new CondensedQuestion(text, PromptVersion);
        return rules.Condense(question, history) is { } condensed ? new CondensedQuestion(condensed, PromptVersion: null) : null;
    }

    private async Task<string?> AskAsync(Principal principal, string question, IReadOnlyList<SearchMessage> history, CancellationToken cancellationToken)
    {
        if (!model.IsConfigured)
            return null;
        var conversation = new StringBuilder();
        foreach (var message in history.TakeLast(MaxMessages))
        {
            conversation.Append(message.Role == SearchRole.User ? "<user>" : "<assistant>")
                .Append(PromptText.Escape(Truncation.Head(message.Text, MaxMessageLength)))
                .Append(message.Role == SearchRole.User ? "</user>\n" : "</assistant>\n");
        }
        conversation.Append("<question>").Append(PromptText.Escape(question)).Append("</question>");
        var lines = await model.AskAsync(principal, _prompt, conversation.ToString(), MaxLength, cancellationToken);
        return lines is [var line] ? line : null; // any other number of lines is not a rewritten question
    }

    private static bool SameWords(string one, string other) =>
        Words.Of(one).SequenceEqual(Words.Of(other), StringComparer.Ordinal);
}

/// <param name="Text">The rewritten question.</param>
/// <param name="PromptVersion">Version of the prompt given to the model; null when rules rewrote the question.</param>
internal sealed record CondensedQuestion(string Text, string? PromptVersion);
