namespace RagApp.Query.Rewriting;

/// <summary>The question in other words, from the chat model where one is configured.</summary>
internal sealed class MoreQueries(RewritingModel model)
{
    /// <summary>Version of the prompt, which is a file of <c>Prompts/</c>.</summary>
    public const string PromptVersion = "more-queries.v1";

    private const int MaxQueries = 3;

    /// <summary>Longest line that is believed, in characters.</summary>
    private const int MaxLength = 300;

    private readonly string _prompt = RewritingPrompt.Read(PromptVersion);

    /// <summary>At most three; none without a model, or when it fails.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string question, CancellationToken cancellationToken) => !model.IsConfigured
        ? []
        : [.. (await model.AskAsync(_prompt, $"<question>{RewritingPrompt.Escape(question)}</question>", MaxLength, cancellationToken)).Take(MaxQueries)];
}
