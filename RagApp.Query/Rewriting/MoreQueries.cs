using RagApp.Contracts.Identity;
using RagApp.Models.Chat;

namespace RagApp.Query.Rewriting;

/// <summary>Paraphrases a question with the chat model, when one is configured.</summary>
internal sealed class MoreQueries(RewritingModel model)
{
    /// <summary>Version of the prompt, a file in <c>Prompts/</c>.</summary>
    public const string PromptVersion = "more-queries.v1";

    private const int MaxQueries = 3;

    /// <summary>Longest paraphrase that is accepted, in characters.</summary>
    private const int MaxLength = 300;

    private readonly string _prompt = RewritingPrompt.Read(PromptVersion);

    /// <summary>Returns at most three paraphrases; none without a model or when it fails.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(Principal principal, string question, CancellationToken cancellationToken) => !model.IsConfigured
        ? []
        : [.. (await model.AskAsync(principal, _prompt, $"<question>{PromptText.Escape(question)}</question>", MaxLength, cancellationToken)).Take(MaxQueries)];
}
